package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.core.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks, why, and whether in earnest. */
final class OperatorOptions {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why: the others on call read it, and it stands in the timeline.")
    @Nullable
    String reason;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "Who asks. Default: the ARN that your credentials belong to.")
    @Nullable
    String operator;

    @Option(names = "--dry-run", description = "Change nothing and tell nobody, and say what would be done.")
    boolean dryRun;

    /** Before AWS is asked who is asking. */
    String reason() {
        if (reason == null || reason.isBlank()) {
            throw new BadInputException("--reason", "value", "is missing: say why, whoever comes next must know");
        }
        return reason;
    }

    /** Adds itself to a request. */
    void addTo(ObjectNode request, Account account) {
        String name = operator;
        if (name != null && name.isBlank()) {
            throw new BadInputException("--operator", "value", "is empty: leave it out, or give a name");
        }
        request.put("reason", reason());
        request.put("operator", name == null ? account.caller() : name);
        request.put("dryRun", dryRun);
    }
}
