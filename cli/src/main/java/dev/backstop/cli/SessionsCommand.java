package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop sessions}: who is there. */
@Command(
        name = "sessions",
        description = {
            "Lists the latest agent sessions, and all that are revoked.",
            "Times are UTC. A revoked session is confirmed when a call of it was seen refused since.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SessionsCommand implements Callable<Integer> {
    private static final int MOST_HOURS = 168;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "Those that began in the last N hours, 1 to 168. Default: ${DEFAULT-VALUE}.")
    int hours = 24;

    @Option(
            names = "--json",
            description =
                    "One JSON object a session and line: id, role, name, developer, project, startedAt, and revoked "
                            + "{at, root, reason, operator, confirmedAt} where it is.")
    boolean json;

    @Mixin
    DeskOption desk = new DeskOption();

    @Override
    public Integer call() {
        if (hours < 1 || hours > MOST_HOURS) {
            throw new BadInputException("--hours", String.valueOf(hours), "is not from 1 to " + MOST_HOURS);
        }
        ObjectNode answer = desk.desk(spec, Account.here(), Duration.ofHours(hours))
                .sessions(Json.object().put("hours", hours));
        List<JsonNode> sessions = all(answer);
        if (json) {
            sessions.forEach(session -> spec.commandLine().getOut().println(Json.write(session)));
        } else {
            new SessionTable(new Page(spec.commandLine())).show(sessions, hours);
        }
        return 0;
    }

    /** Each role session once, the latest first, then what is revoked and older. */
    private static List<JsonNode> all(ObjectNode answer) {
        Map<String, JsonNode> revoked = new LinkedHashMap<>();
        answer.path("revoked").forEach(session -> revoked.put(key(session), session));
        List<JsonNode> sessions = Json.items(answer.path("sessions"));
        sessions.forEach(session -> revoked.remove(key(session)));
        return Stream.concat(sessions.stream(), revoked.values().stream()).toList();
    }

    private static String key(JsonNode session) {
        return session.path("role").asText() + "#" + session.path("name").asText();
    }
}
