package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop drill}: practices the kill switch before it is needed. */
@Command(
        name = "drill",
        description = {
            "Proves the kill switch of the deployed stack.",
            "Two sessions of a canary role are opened, one is killed as a rule would, IAM must refuse it while the other goes "
                    + "on, and then let it go on again. Touches nothing else. Takes seconds to some minutes. Exit 1 when "
                    + "it failed.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--json",
            description =
                    "The result as JSON: session, passed, secondsToRefused, secondsToRestored, othersGoOn, failure.")
    boolean json;

    @Override
    public Integer call() {
        JsonNode result = new DeployedDesk(Account.here(), false).drill();
        PrintWriter out = spec.commandLine().getOut();
        boolean passed = result.path("passed").asBoolean();
        if (json) {
            out.println(Json.write(result));
        } else if (passed) {
            out.println("passed: the killed session was refused after "
                    + result.path("secondsToRefused").asText() + " s, another went on, and after the restore it was let"
                    + " through again within "
                    + result.path("secondsToRestored").asText() + " s");
        } else {
            out.println(Page.clean("FAILED: " + result.path("failure").asText()));
        }
        return passed ? 0 : 1;
    }
}
