package dev.backstop.functions.line;

import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Step;
import dev.backstop.functions.line.StepRunner.Cause;
import org.jspecify.annotations.Nullable;

/** Puts into words what became of a step. */
record StepReport<S>(Step<S> step, Cause cause) {
    Outcome outcome(Status status, @Nullable S before, @Nullable S after, boolean verified, String message) {
        boolean settled = verified || status == Status.ALREADY_DONE;
        return new Outcome(
                cause.eventId(),
                cause.rule(),
                cause.action(),
                step.summary(),
                status,
                before == null ? null : step.show(before),
                after == null ? null : step.show(after),
                verified,
                message,
                settled ? null : command(before, after),
                status == Status.OBSERVED ? step.document() : null);
    }

    Outcome failed(@Nullable S before, @Nullable S now, String what, RuntimeException error) {
        return outcome(Status.FAILED, before, now, false, what + ": " + error.getMessage());
    }

    private String command(@Nullable S before, @Nullable S after) {
        S live = after == null ? before : after;
        return live == null ? step.command() : step.command(live);
    }
}
