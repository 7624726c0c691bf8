package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What revoke and restore both take. */
final class OrderOptions {
    @Mixin
    OperatorOptions operator = new OperatorOptions();

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

    /** Whom it is about, where that is a whole role. */
    ObjectNode everySession(@Nullable String session, boolean all) {
        if (session != null || !all) {
            throw new BadInputException("--role", "value", "goes with --all and without a session");
        }
        if (String.valueOf(role).isBlank()) {
            throw new BadInputException("--role", "value", "is empty: name the role, as IAM lists it");
        }
        return sure(Json.object().put("role", role), "every session of the role");
    }

    /** The request for all of them, once it is certain that this is meant. */
    ObjectNode sure(ObjectNode request, String whose) {
        if (!yes && !operator.dryRun) {
            throw new BadInputException(
                    "--all",
                    "confirmation",
                    "is missing: add --yes, since it concerns " + whose + "; --dry-run shows what would be done");
        }
        return request.put("all", true).put("confirm", true);
    }
}
