package dev.backstop.functions.line;

import dev.backstop.core.Comparison;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;

/**
 * Makes the change of one step, move after move, each from the live state that the one before led to, until nothing is
 * left. The one place where anything is changed.
 */
final class Change<S> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final StepReport<S> report;
    private final Step<S> step;
    private final Aws aws;
    private final Run run;
    private final Pause pause;
    private final S before;
    private S live;
    private int moved;

    Change(StepReport<S> report, Aws aws, Run run, Pause pause, S before) {
        this.report = report;
        this.step = report.step();
        this.aws = aws;
        this.run = run;
        this.pause = pause;
        this.before = before;
        this.live = before;
    }

    Outcome made() {
        try {
            return moves();
        } catch (Unreadable e) {
            return moved == step.moves()
                    ? report.outcome(
                            Status.APPLIED, before, null, false, "done, but could not be read back: " + e.getMessage())
                    : report.failed(
                            before,
                            null,
                            "could not follow the state of " + step.resource().id(),
                            e);
        }
    }

    private Outcome moves() {
        while (true) {
            switch (step.compare(live)) {
                case Comparison.NothingLeft(String why) -> {
                    return report.outcome(status(Status.ALREADY_DONE), before, live, true, why);
                }
                case Comparison.MustNot(String why) -> {
                    return report.outcome(status(Status.REFUSED), before, live, moved > 0, why);
                }
                case Comparison.NotYet(String why) -> {
                    if (!run.waits()) {
                        return report.outcome(Status.FAILED, before, live, false, why + ", after all this time");
                    }
                    live = read();
                }
                case Comparison.AsExpected() -> {
                    S left = live;
                    try {
                        step.apply(aws, left);
                    } catch (RuntimeException e) {
                        return afterError(e);
                    }
                    moved++;
                    live = settled(left);
                    if (step.compare(live) instanceof Comparison.AsExpected
                            && (moved == step.moves() || live.equals(left))) {
                        return unseen();
                    }
                }
            }
        }
    }

    private Status status(Status unmoved) {
        return moved == 0 ? unmoved : Status.APPLIED;
    }

    /** A change of one call was made, whatever is to be seen of it; one of several calls is not over. */
    private Outcome unseen() {
        return step.moves() == 1
                ? report.outcome(
                        Status.APPLIED, before, live, false, "done, but the state read back is not changed yet")
                : report.outcome(
                        Status.FAILED, before, live, false, "asked for, but the state read back does not move on");
    }

    /** Somebody may have done it between our look and our call: then the error is no failure. */
    private Outcome afterError(RuntimeException error) {
        try {
            live = read();
            if (step.compare(live) instanceof Comparison.NothingLeft(String why)) {
                return report.outcome(status(Status.ALREADY_DONE), before, live, true, why);
            }
        } catch (Unreadable second) {
            error.addSuppressed(second);
        }
        return report.failed(before, live, "could not " + step.summary(), error);
    }

    /** The state once it differs from the one that was left, or calls for nothing more. */
    private S settled(S left) {
        S state = read();
        Duration patience = step.settlesWithin();
        while (state.equals(left) && step.compare(state) instanceof Comparison.AsExpected && patience.isPositive()) {
            pause.of(BETWEEN_LOOKS);
            patience = patience.minus(BETWEEN_LOOKS);
            state = read();
        }
        return state;
    }

    private S read() {
        try {
            return step.read(aws);
        } catch (RuntimeException e) {
            throw new Unreadable(e);
        }
    }

    /** The live state could not be read once the change had begun. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
