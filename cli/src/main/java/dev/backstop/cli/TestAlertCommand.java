package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.AlertTrial;
import dev.backstop.cli.account.AlertTrial.Answer;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Severity;
import dev.backstop.functions.line.TestAlert;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Message;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop test-alert}: proves the channels before they are needed. */
@Command(
        name = "test-alert",
        description = {
            "Sends a marked test through every alert channel of the deployed stack.",
            "Reports what each answered, or what can be known of it. In Slack it shows twice: once over the topic, as alerts "
                    + "do, and once for its answer. Critical pages: whoever is on call is woken. Exit 1 when a channel did "
                    + "not take it.",
            ""
        },
        mixinStandardHelpOptions = true)
final class TestAlertCommand implements Callable<Integer> {
    private static final int REFERENCE = 8;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description = "How severe the test is: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    Severity severity = Severity.HIGH;

    @Option(names = "--json", description = "The answers as JSON: channel, fine, said.")
    boolean json;

    @Override
    public Integer call() {
        Account account = Account.here();
        String reference = "test-" + UUID.randomUUID().toString().substring(0, REFERENCE);
        Alert alert = TestAlert.of(
                severity,
                account.caller(),
                reference,
                account.partition(),
                account.id(),
                account.region(),
                Instant.now());
        List<Answer> answers = new AlertTrial(account, Message.of(alert, Letterhead.PLAIN)).send();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode list = Json.MAPPER.createArrayNode();
            answers.forEach(answer -> list.add(answer.toJson()));
            out.println(Json.write(list));
        } else {
            out.println("sent as event " + reference + ", incident "
                    + alert.incident().id());
            answers.forEach(answer -> out.println(
                    Page.clean((answer.fine() ? "ok      " : "FAILED  ") + answer.channel() + ": " + answer.said())));
        }
        return answers.stream().allMatch(Answer::fine) ? 0 : 1;
    }
}
