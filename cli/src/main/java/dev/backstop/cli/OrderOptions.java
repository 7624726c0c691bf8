package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.core.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What revoke and restore both take. */
final class OrderOptions {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why: it stands in the alert to the others on call, and in the timeline.")
    String reason = "";

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "Who asks. Default: the ARN that your credentials belong to.")
    @Nullable
    String operator;

    @Option(names = "--dry-run", description = "Change nothing, and say what would be done.")
    boolean dryRun;

    @Option(
            names = "--json",
            description =
                    "One JSON object an outcome and line: eventId, rule, action, step, status (applied, already-done, "
                            + "refused, failed, observed), before, after, verified, message, command, document.")
    boolean json;

    @Mixin
    DeskOption desk = new DeskOption();

    /** Adds itself to a request. */
    void addTo(ObjectNode request, Account account) {
        request.put("reason", filled("--reason", reason));
        request.put("operator", operator == null ? account.caller() : filled("--operator", operator));
        request.put("dryRun", dryRun);
    }

    private static String filled(String option, String value) {
        if (value.isBlank()) {
            throw new BadInputException(option, "value", "is empty: whoever reads the alert must know");
        }
        return value;
    }
}
