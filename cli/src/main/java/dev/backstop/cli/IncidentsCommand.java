package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop incidents}: what is going on. */
@Command(
        name = "incidents",
        description = {
            "Lists the open incidents, and those that were closed lately.",
            "All that is found of one session is one incident. Of TOLD findings people heard by themselves, of the others "
                    + "in a sum. Times are UTC.",
            ""
        },
        mixinStandardHelpOptions = true)
final class IncidentsCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(90);

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "AGE",
            defaultValue = "24h",
            converter = AgeOption.class,
            description =
                    "Of the closed those of this time, such as 12h or 7d, 90d at most. Default: ${DEFAULT-VALUE}.")
    Duration since = Duration.ofDays(1);

    @Option(
            names = "--json",
            description =
                    "One JSON object an incident and line: id, state (open, closed), openedAt, lastAt, session {id, role, "
                            + "developer, project}, findings, told, severity, urgency, what, and closed {at, by, why, "
                            + "falsePositive} where it is.")
    boolean json;

    @Override
    public Integer call() {
        if (since.compareTo(Duration.ofHours(1)) < 0 || since.compareTo(LONGEST) > 0) {
            throw new BadInputException("--since", "value", "is from 1h to 90d: for 90 days incidents are kept");
        }
        ObjectNode request = Json.object();
        request.putObject("incidents").put("hours", (int) since.plusMinutes(59).toHours());
        List<JsonNode> incidents = Json.items(
                new DeployedDesk(Account.here(), false).sessions(request).path("incidents"));
        if (json) {
            incidents.forEach(incident -> spec.commandLine().getOut().println(Json.write(incident)));
        } else {
            new IncidentText(new Page(spec.commandLine())).list(incidents);
        }
        return 0;
    }
}
