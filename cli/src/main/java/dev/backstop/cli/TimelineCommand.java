package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DirectDesk;
import dev.backstop.core.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop timeline}: what a session did, and what was done about it. */
@Command(
        name = "timeline",
        description = {
            "Shows what a session did, and what was done about it.",
            "From its beginning: who it was issued to, every management call it made, what the rules found, what Backstop "
                    + "did about it, and what people did. Times are since it began, and UTC; lines that begin with ! are "
                    + "calls and actions that did not succeed.",
            ""
        },
        mixinStandardHelpOptions = true)
final class TimelineCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "SESSION", description = "As revoke takes it.")
    String session = "";

    @Option(
            names = "--json",
            description =
                    "One JSON object: session, sessions [{id, role, name, developer, project, startedAt, revoked}], "
                            + "timeline [{at, kind (issued, call, finding, action, operator), id, what, on, result, created}].")
    boolean json;

    @Mixin
    DeskOption desk = new DeskOption();

    @Override
    public Integer call() {
        ObjectNode answer = desk.desk(spec, Account.here(), DirectDesk.EVER)
                .sessions(Json.object().put("session", session));
        if (json) {
            spec.commandLine().getOut().println(Json.write(answer));
        } else {
            new TimelineText(new Page(spec.commandLine())).show(answer);
        }
        return 0;
    }
}
