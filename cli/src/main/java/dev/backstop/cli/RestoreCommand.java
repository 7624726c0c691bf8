package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DirectDesk;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop restore}: lets what was stopped go on. */
@Command(
        name = "restore",
        description = {
            "Lets a stopped session go on, and all that was stopped with it.",
            "Removes what revoke wrote, and nothing else. May be repeated. Exit 1 when something is left to do.",
            ""
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SESSION", description = "As revoke takes it.")
    @Nullable
    String session;

    @Option(names = "--keys", description = "Set the access keys that were set inactive active again, too.")
    boolean keys;

    @Option(names = "--all", description = "Every session that is revoked, instead of one. Asks for --yes.")
    boolean all;

    @Mixin
    OrderOptions order = new OrderOptions();

    @Override
    public Integer call() {
        order.operator.reason();
        ObjectNode request = whom();
        Account account = Account.here();
        order.operator.addTo(request, account);
        request.put("keys", keys);
        List<Outcome> outcomes = order.desk.desk(spec, account, DirectDesk.EVER).restore(request);
        OutcomeReport report = new OutcomeReport(spec.commandLine(), order.json);
        report.show(outcomes);
        if (outcomes.isEmpty()) {
            report.next("Nothing is revoked.");
        }
        return OutcomeReport.exit(outcomes);
    }

    private ObjectNode whom() {
        if (order.role != null) {
            return order.everySession(session, all);
        }
        if (all == (session != null)) {
            throw new BadInputException(
                    "restore",
                    all ? "--all" : "SESSION",
                    all ? "does not go with a session: name one, or all" : "is missing: name one, or --all");
        }
        return all
                ? order.sure(Json.object(), "every revoked session")
                : Json.object().put("session", session);
    }
}
