package dev.backstop.functions.line;

import dev.backstop.core.Comparison;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs one step: read, compare, apply, read back. The one place where anything is changed. */
final class StepRunner {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Pause pause;

    StepRunner(Pause pause) {
        this.pause = pause;
    }

    /** What an outcome says it belongs to. */
    record Cause(String eventId, String rule, Response action) {}

    /** Runs a step, or in mode observe says what it would do. An error of AWS is an outcome: people must hear of it. */
    <S> Outcome run(Step<S> step, Aws aws, Mode mode, Cause cause) {
        Report<S> report = new Report<>(step, cause);
        S before;
        try {
            before = step.read(aws);
        } catch (RuntimeException e) {
            return report.failed(
                    null, "could not read the live state of " + step.resource().id(), e);
        }
        return switch (step.compare(before)) {
            case Comparison.NothingLeft(String why) -> report.outcome(Status.ALREADY_DONE, before, before, true, why);
            case Comparison.MustNot(String why) -> report.outcome(Status.REFUSED, before, null, false, why);
            case Comparison.AsExpected()
            when mode == Mode.OBSERVE ->
                report.outcome(Status.OBSERVED, before, null, false, "mode observe: would " + step.summary());
            case Comparison.AsExpected() -> apply(report, aws, before);
        };
    }

    private <S> Outcome apply(Report<S> report, Aws aws, S before) {
        Step<S> step = report.step;
        try {
            step.apply(aws, before);
        } catch (RuntimeException e) {
            return afterError(report, aws, before, e);
        }
        S after;
        try {
            after = settled(step, aws);
        } catch (RuntimeException e) {
            return report.outcome(
                    Status.APPLIED, before, null, false, "done, but could not be read back: " + e.getMessage());
        }
        return switch (step.compare(after)) {
            case Comparison.NothingLeft(String why) -> report.outcome(Status.APPLIED, before, after, true, why);
            case Comparison.MustNot(String why) -> report.outcome(Status.APPLIED, before, after, true, why);
            case Comparison.AsExpected() ->
                report.outcome(
                        Status.APPLIED, before, after, false, "done, but the state read back is not changed yet");
        };
    }

    /** Somebody may have done it between our look and our call: then the error is no failure. */
    private static <S> Outcome afterError(Report<S> report, Aws aws, S before, RuntimeException error) {
        try {
            S now = report.step.read(aws);
            if (report.step.compare(now) instanceof Comparison.NothingLeft(String why)) {
                return report.outcome(Status.ALREADY_DONE, before, now, true, why);
            }
        } catch (RuntimeException second) {
            error.addSuppressed(second);
        }
        return report.failed(before, "could not " + report.step.summary(), error);
    }

    private <S> S settled(Step<S> step, Aws aws) {
        S state = step.read(aws);
        Duration left = step.settlesWithin();
        while (step.compare(state) instanceof Comparison.AsExpected && left.isPositive()) {
            pause.of(BETWEEN_LOOKS);
            left = left.minus(BETWEEN_LOOKS);
            state = step.read(aws);
        }
        return state;
    }

    private record Report<S>(Step<S> step, Cause cause) {
        Outcome outcome(Status status, @Nullable S before, @Nullable S after, boolean verified, String message) {
            boolean settled = verified || status == Status.ALREADY_DONE;
            return new Outcome(
                    cause.eventId,
                    cause.rule,
                    cause.action,
                    step.summary(),
                    status,
                    before == null ? null : step.show(before),
                    after == null ? null : step.show(after),
                    verified,
                    message,
                    settled ? null : step.command(),
                    status == Status.OBSERVED ? step.document() : null);
        }

        Outcome failed(@Nullable S before, String what, RuntimeException error) {
            return outcome(Status.FAILED, before, null, false, what + ": " + error.getMessage());
        }
    }
}
