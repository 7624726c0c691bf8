package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DirectDesk;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Command;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop revoke}: the kill switch. */
@CommandLine.Command(
        name = "revoke",
        description = {
            "Stops one agent session, and all that descends from it.",
            "It is denied everything, on its role and on every role that it went on to, and the access keys that it made "
                    + "are set inactive. Other sessions of the role go on. May be repeated. Exit 1 when something is left "
                    + "to do, which then stands there as a command.",
            ""
        },
        mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SESSION",
            description =
                    "What is at hand: a session id, a role session's ARN (arn:aws:sts::…:assumed-role/…), an access "
                            + "key id (ASIA…), AROA…:NAME, or a source identity.")
    @Nullable
    String session;

    @Option(names = "--all", description = "With --role: every session of it.")
    boolean all;

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() {
        order.operator.reason();
        ObjectNode request = whom();
        Account account = Account.here();
        order.operator.addTo(request, account);
        List<Outcome> outcomes =
                order.desk.desk(spec, account, DirectDesk.ALIVE).revoke(request);
        OutcomeReport report = new OutcomeReport(spec.commandLine(), order.json);
        report.show(outcomes);
        if (!order.operator.dryRun && session != null) {
            report.next("Let it go on:    " + Command.line("backstop", "restore", session) + " --reason …");
            report.next("See what it did: " + Command.line("backstop", "timeline", session));
        }
        return OutcomeReport.exit(outcomes);
    }

    private ObjectNode whom() {
        if (order.role != null) {
            return order.everySession(session, all);
        }
        if (session == null || all) {
            throw new BadInputException(
                    "revoke",
                    all ? "--all" : "SESSION",
                    all
                            ? "goes with --role: nobody can stop everybody at once"
                            : "is missing: name one, or --role NAME --all");
        }
        return Json.object().put("session", session);
    }
}
