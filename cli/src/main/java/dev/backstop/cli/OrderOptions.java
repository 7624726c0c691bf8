package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
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

    @Option(
            names = "--role",
            paramLabel = "NAME",
            description = "Every session of this role, instead of one. Goes with --all, and asks for --yes.")
    @Nullable
    String role;

    @Option(names = "--yes", description = "With --all: yes, all of them.")
    boolean yes;

    @Mixin
    DeskOption desk = new DeskOption();

    /** Adds itself to a request. */
    void addTo(ObjectNode request, Account account) {
        request.put("reason", filled("--reason", reason));
        request.put("operator", operator == null ? account.caller() : filled("--operator", operator));
        request.put("dryRun", dryRun);
    }

    /** Whom it is about, where that is a whole role. */
    ObjectNode everySession(@Nullable String session, boolean all) {
        if (session != null || !all) {
            throw new BadInputException("--role", "value", "goes with --all and without a session");
        }
        return sure(Json.object().put("role", filled("--role", String.valueOf(role))), "every session of the role");
    }

    /** The request for all of them, once it is certain that this is meant. */
    ObjectNode sure(ObjectNode request, String whose) {
        if (!yes && !dryRun) {
            throw new BadInputException(
                    "--all",
                    "confirmation",
                    "is missing: add --yes, since it concerns " + whose + "; --dry-run shows what would be done");
        }
        return request.put("all", true).put("confirm", true);
    }

    private static String filled(String option, String value) {
        if (value.isBlank()) {
            throw new BadInputException(option, "value", "is empty: whoever reads the alert must know");
        }
        return value;
    }
}
