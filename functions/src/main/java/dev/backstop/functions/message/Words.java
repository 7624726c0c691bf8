package dev.backstop.functions.message;

import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of an action, in a word or two. */
final class Words {
    private Words() {}

    /** {@code reverted, revoked}, or what else became of it. */
    static String summary(List<Outcome> outcomes) {
        return outcomes.isEmpty()
                ? "look at it"
                : outcomes.stream().map(Words::of).distinct().collect(Collectors.joining(", "));
    }

    static String of(Outcome outcome) {
        boolean revoke = outcome.action() == Response.REVOKE;
        String act = revoke ? "revoke" : "revert";
        return switch (outcome.status()) {
            case APPLIED -> (revoke ? "revoked" : "reverted") + (outcome.verified() ? "" : ", NOT verified");
            case ALREADY_DONE -> revoke ? "already revoked" : "already undone";
            case REFUSED -> act + " refused";
            case FAILED -> act + " FAILED";
            case OBSERVED -> "would " + act;
        };
    }

    /** The same for the beginning of a line, which the eye finds. */
    static String loud(Outcome outcome) {
        String verified = outcome.status() == Status.APPLIED && outcome.verified() ? ", verified" : "";
        String words = of(outcome);
        int comma = words.indexOf(',');
        return comma < 0
                ? words.toUpperCase(Locale.ROOT) + verified
                : words.substring(0, comma).toUpperCase(Locale.ROOT) + words.substring(comma);
    }
}
