package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.Command;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop resolve}: closes an incident. */
@CommandLine.Command(
        name = "resolve",
        description = {
            "Closes an incident, and with --restore lets its session go on.",
            "The others on call hear of it. What was undone stays undone: each is named, with the command that shows the "
                    + "call as it was made. May be repeated. Exit 1 when the session could not be let go on.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ResolveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            converter = IncidentId.class,
            description = "An incident's id (inc-…), or its session's for the latest of it.")
    String id = "";

    @Option(names = "--false-positive", description = "Nothing was wrong: kept with the incident.")
    boolean falsePositive;

    @Option(
            names = "--restore",
            description = "Let the session go on, and all that was stopped with it, where it is revoked.")
    boolean restore;

    @Option(names = "--keys", description = "With --restore: the access keys that were set inactive work again, too.")
    boolean keys;

    @Option(
            names = "--json",
            description =
                    "One JSON object: status (resolved, was-closed), dryRun, incident, revoked, restored [outcomes], reverted "
                            + "[{rule, resource, step, before, after, event, command}].")
    boolean json;

    @Mixin
    OperatorOptions operator = new OperatorOptions();

    @Override
    public Integer call() {
        operator.reason();
        ObjectNode request = Json.object().put("resolve", id);
        request.put("falsePositive", falsePositive);
        request.put("restore", restore);
        request.put("keys", keys);
        Account account = Account.here();
        operator.addTo(request, account);
        JsonNode answer = new DeployedDesk(account).soften(request);
        List<Outcome> restored =
                Json.items(answer.path("restored")).stream().map(Outcome::of).toList();
        if (json) {
            spec.commandLine().getOut().println(Json.write(answer));
        } else {
            show(answer, restored);
        }
        return OutcomeReport.exit(restored);
    }

    private void show(JsonNode answer, List<Outcome> restored) {
        Page page = new Page(spec.commandLine());
        JsonNode incident = answer.path("incident");
        String session = incident.path("session").path("id").asText();
        String would = answer.path("dryRun").asBoolean() ? "would be " : "";
        page.line(incident.path("id").asText() + " of session " + session + ": "
                + (answer.path("status").asText().equals("was-closed") ? "was closed already" : would + "resolved")
                + ", "
                + Page.many(incident.path("findings").asLong(), "finding") + ": "
                + incident.path("what").asText());
        new OutcomeReport(spec.commandLine(), false).show(restored);
        if (answer.path("revoked").asBoolean() && !restore) {
            page.line("The session is still revoked. Let it go on: " + Command.line("backstop", "restore", session)
                    + " --reason …");
        }
        for (JsonNode undone : answer.path("reverted")) {
            page.blank();
            page.field(
                    0,
                    "undone     ",
                    undone.path("step").asText() + " (" + undone.path("rule").asText() + ")");
            page.field(0, "before     ", undone.path("before").asText("-"));
            page.line("to see the call as it was made, and make it again:");
            // On one line, however long: it is there to be pasted.
            page.line("  " + undone.path("command").asText());
        }
        if (falsePositive) {
            page.blank();
            page.line("If more of this is to come: " + Command.line("backstop", "exempt", session)
                    + " --for 2h --reason …");
        }
    }
}
