package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What became of an order, for people or for machines. */
final class OutcomeReport {
    private static final int INDENT = 10;

    private final Page page;
    private final CommandLine command;
    private final boolean json;

    OutcomeReport(CommandLine command, boolean json) {
        this.page = new Page(command);
        this.command = command;
        this.json = json;
    }

    /** 0 when nothing is left to do, else 1; of a dry run, when nothing would be. */
    static int exit(List<Outcome> outcomes) {
        return outcomes.stream().allMatch(outcome -> outcome.contained() || outcome.status() == Status.OBSERVED)
                ? 0
                : 1;
    }

    void show(List<Outcome> outcomes) {
        if (json) {
            outcomes.forEach(outcome -> command.getOut().println(Json.write(outcome.toJson())));
        } else {
            outcomes.forEach(this::show);
        }
    }

    /** A line for people only. */
    void next(String line) {
        if (!json) {
            page.line(line);
        }
    }

    private void show(Outcome outcome) {
        page.field(style(outcome), String.format(Locale.ROOT, "%-" + INDENT + "s", word(outcome)), outcome.step());
        String after = outcome.after();
        if (outcome.contained()) {
            page.field(
                    INDENT,
                    "",
                    after == null || outcome.status() == Status.ALREADY_DONE
                            ? outcome.message()
                            : "read back: " + after);
        } else if (outcome.status() != Status.OBSERVED) {
            page.field(INDENT, "", outcome.message());
        }
        if (outcome.document() != null) {
            document(outcome.document());
        } else if (outcome.command() != null && !outcome.message().contains(outcome.command())) {
            // On one line, however long: it is there to be pasted.
            page.line(" ".repeat(INDENT) + outcome.command());
        }
    }

    private void document(@Nullable String document) {
        JsonNode policy = Json.read(String.valueOf(document));
        policy.toPrettyString().lines().forEach(page::line);
    }

    private static String word(Outcome outcome) {
        return switch (outcome.status()) {
            case APPLIED -> outcome.verified() ? "done" : "unsure";
            case ALREADY_DONE -> "was so";
            case REFUSED -> "not done";
            case FAILED -> "FAILED";
            case OBSERVED -> "would";
        };
    }

    private static String style(Outcome outcome) {
        return switch (outcome.status()) {
            case APPLIED -> outcome.verified() ? "green" : "yellow";
            case ALREADY_DONE -> "green";
            case REFUSED -> "yellow";
            case FAILED -> "bold,red";
            case OBSERVED -> "cyan";
        };
    }
}
