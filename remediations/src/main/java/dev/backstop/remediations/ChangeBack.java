package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import org.jspecify.annotations.Nullable;

/** How a value stands that a call changed and that is to be changed back. */
final class ChangeBack {
    private ChangeBack() {}

    /**
     * Compares the live value with what the call chose and what was there before.
     *
     * @param chosen by the call; null where the record does not say, and any value but the former one counts
     */
    static <T> Comparison compare(T live, @Nullable T chosen, T former) {
        if (live.equals(former)) {
            return new Comparison.NothingLeft("it is " + former + " again");
        }
        return chosen == null || live.equals(chosen)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody changed it to " + live + " since");
    }
}
