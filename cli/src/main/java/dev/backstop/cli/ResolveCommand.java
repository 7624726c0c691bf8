package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Command;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "Closes an incident, and with --restore lets its session go on and puts back what was undone.",
            "The others on call hear of it. What somebody changed since is not overwritten, and what cannot be put"
                    + " back by itself is named with the command that shows the call as it was made. May be repeated, and"
                    + " goes on with what is left. Exit 1 when something asked for could not be done.",
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
            description =
                    "Let the session go on, and all that was stopped with it, where it is revoked; and make again what "
                            + "was undone because of the incident.")
    boolean restore;

    @Option(names = "--keys", description = "With --restore: the access keys that were set inactive work again, too.")
    boolean keys;

    @Option(
            names = "--json",
            description =
                    "One JSON object: status (resolved, was-closed), dryRun, incident, revoked, restored [outcomes],"
                            + " again [outcomes], reverted [{rule, resource, step, before, after, event, again, approved,"
                            + " command}].")
    boolean json;

    @Mixin
    OperatorOptions operator = new OperatorOptions();

    @Override
    public Integer call() {
        operator.reason();
        if (keys && !restore) {
            throw new BadInputException("resolve", "--keys", "is for what --restore lets go on: say --restore as well");
        }
        ObjectNode request = Json.object().put("resolve", id);
        request.put("falsePositive", falsePositive);
        request.put("restore", restore);
        request.put("keys", keys);
        Account account = Account.here();
        operator.addTo(request, account);
        JsonNode answer = new DeployedDesk(account, false).soften(request);
        List<Outcome> done = Stream.of("restored", "again")
                .flatMap(field -> Json.items(answer.path(field)).stream())
                .map(Outcome::of)
                .toList();
        if (json) {
            spec.commandLine().getOut().println(Json.write(answer));
        } else {
            show(answer, done);
        }
        return OutcomeReport.exit(done);
    }

    private void show(JsonNode answer, List<Outcome> done) {
        Page page = new Page(spec.commandLine());
        JsonNode incident = answer.path("incident");
        String session = incident.path("session").path("id").asText();
        String would = answer.path("dryRun").asBoolean() ? "would be " : "";
        page.line(incident.path("id").asText() + " of session " + session + ": "
                + (answer.path("status").asText().equals("was-closed") ? "was closed already" : would + "resolved")
                + ", "
                + Page.many(incident.path("findings").asLong(), "finding") + ": "
                + incident.path("what").asText());
        new OutcomeReport(spec.commandLine(), false).show(done);
        if (answer.path("revoked").asBoolean() && !restore) {
            page.line("The session is still revoked. Let it go on: " + Command.line("backstop", "restore", session)
                    + " --reason …");
        }
        answer.path("reverted").forEach(undone -> undone(page, undone));
        if (falsePositive) {
            page.blank();
            page.line("If more of this is to come: " + Command.line("backstop", "exempt", session)
                    + " --for 2h --reason …");
        }
    }

    private void undone(Page page, JsonNode undone) {
        boolean again = undone.path("again").asBoolean();
        if (!again || !restore) {
            page.blank();
            page.field(
                    0,
                    "undone     ",
                    undone.path("step").asText() + " (" + undone.path("rule").asText() + ")");
            page.field(0, "before     ", undone.path("before").asText("-"));
            page.line(again ? "to put it back:" : "to see the call as it was made, and make it again by hand:");
            // On one line, however long: it is there to be pasted.
            page.line("  "
                    + (again
                            ? Command.line("backstop", "resolve", id, "--restore") + " --reason …"
                            : undone.path("command").asText()));
        } else if (undone.path("approved").asBoolean()) {
            String resource = undone.path("resource").asText();
            page.blank();
            page.line("Another state of " + resource
                    + " is approved: unless it is approved as it is now, drift undoes this again:");
            page.line("  " + Command.line("backstop", "baseline", "approve", resource) + " --reason …");
        }
    }
}
