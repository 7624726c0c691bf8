package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import java.util.List;

/**
 * How a detection was answered.
 *
 * @param outcomes of every action, the alert last
 * @param duplicate whether it had been answered before, and nothing was done now
 */
public record Answer(Finding finding, List<Outcome> outcomes, boolean duplicate) {
    public Answer {
        outcomes = List.copyOf(outcomes);
    }

    public boolean failed() {
        return outcomes.stream().anyMatch(outcome -> outcome.status() == Status.FAILED);
    }

    /** Whether something was to be done beyond the alert, and the danger is over. */
    public boolean contained() {
        List<Outcome> actions =
                outcomes.stream().filter(outcome -> !Journaled.isAlert(outcome)).toList();
        return !actions.isEmpty() && actions.stream().allMatch(Outcome::contained);
    }
}
