package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop incident}: all there is about one. */
@Command(
        name = "incident",
        description = {
            "Shows an incident: its findings, what was done about them, and what its session did.",
            "Names the evidence of each action, before and after, and which findings people were told of.",
            ""
        },
        mixinStandardHelpOptions = true)
final class IncidentCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            converter = IncidentId.class,
            description = "An incident's id (inc-…), or its session's for the latest of it.")
    String id = "";

    @Option(
            names = "--json",
            description =
                    "One JSON object: what incidents says of it, list [{key, at, rule, severity, urgency, resource, ends, "
                            + "toldAt, outcomes}], timeline as backstop timeline has it.")
    boolean json;

    @Override
    public Integer call() {
        JsonNode incident =
                new DeployedDesk(Account.here(), false).sessions(Json.object().put("incident", id));
        if (json) {
            spec.commandLine().getOut().println(Json.write(incident));
        } else {
            Page page = new Page(spec.commandLine());
            new IncidentText(page).show(incident);
            page.blank();
            new TimelineText(page).moments(incident);
        }
        return 0;
    }
}
