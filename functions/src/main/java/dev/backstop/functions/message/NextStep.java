package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Command;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a person can do now.
 *
 * @param when the case it is for, ending in a colon
 * @param command to paste into a shell
 */
public record NextStep(String when, String command) {
    /** Who has more than this to do begins with these, and finds the others' commands in the outcomes. */
    private static final int MOST_OPEN = 5;

    /** Most urgent first: what is still open, then what stops the session or lets it go on. */
    static List<NextStep> after(Alert alert, String qualifier) {
        List<NextStep> steps = new ArrayList<>(alert.outcomes().stream()
                .filter(outcome -> !outcome.contained())
                .flatMap(outcome -> Stream.ofNullable(outcome.command())
                        .map(command -> new NextStep("Not done: " + outcome.step() + ". By hand:", command)))
                .limit(MOST_OPEN)
                .toList());
        List<Outcome> kills = alert.outcomes().stream()
                .filter(outcome -> outcome.action() == Response.REVOKE)
                .toList();
        if (kills.isEmpty() || steps.isEmpty()) {
            boolean revoked = kills.stream().anyMatch(Outcome::contained);
            steps.add(
                    revoked
                            ? invoke("If this was wanted, let the session go on:", "restore", qualifier, alert)
                            : invoke("If this was not wanted, stop the session:", "revoke", qualifier, alert));
        }
        return List.copyOf(steps);
    }

    private static NextStep invoke(String when, String function, String qualifier, Alert alert) {
        AgentSession session = alert.session();
        ObjectNode payload = Json.object();
        payload.put("session", session.id().replaceAll("[^\\w+=,.@:/-]", ""));
        payload.put("reason", "event " + Plain.ascii(alert.trigger().id()));
        payload.put("operator", "YOUR NAME");
        String command = Command.line(
                "aws",
                "lambda",
                "invoke",
                "--function-name",
                "backstop-" + function + qualifier,
                "--cli-binary-format",
                "raw-in-base64-out",
                "--payload",
                Json.write(payload),
                "/dev/stdout");
        return new NextStep(when, command);
    }

    ObjectNode toJson() {
        return Json.object().put("when", when).put("command", command);
    }

    static NextStep of(JsonNode json) {
        return new NextStep(
                Objects.requireNonNullElse(Json.text(json, "when"), ""),
                Objects.requireNonNullElse(Json.text(json, "command"), ""));
    }
}
