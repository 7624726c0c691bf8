package dev.backstop.functions.line;

import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.functions.line.Restraint.Verdict;
import org.jspecify.annotations.Nullable;

/** Runs one step: read, note, compare; then {@link Change} applies and reads back. */
final class StepRunner {
    private final Pause pause;
    private final Run run;

    StepRunner(Pause pause, Run run) {
        this.pause = pause;
        this.run = run;
    }

    /** One for steps that are done with one call. */
    StepRunner(Pause pause) {
        this(pause, Run.Brief.SILENT);
    }

    /** What an outcome says it belongs to. */
    record Cause(String eventId, String rule, Response action) {
        /** A finding's revert. */
        static Cause of(Finding finding) {
            return new Cause(finding.record().eventId(), finding.rule().id(), Response.REVERT);
        }

        /** What a person asked to be put back. */
        static Cause of(String reference) {
            return new Cause(reference, "operator", Response.REVERT);
        }

        /** Of a step that was not run. */
        Outcome unchanged(Status status, String step, String message, @Nullable String command) {
            return Outcome.unchanged(status, eventId, rule, action, step, message, command);
        }
    }

    /** Runs a step, or in mode observe says what it would do. An error of AWS is an outcome: people must hear of it. */
    <S> Outcome run(Step<S> planned, Aws aws, Mode mode, Cause cause) {
        S before;
        Step<S> step = planned;
        try {
            before = planned.read(aws);
            String note = mode == Mode.OBSERVE ? null : planned.note(before);
            if (note != null) {
                step = planned.begunWith(run.note(planned, note));
            }
        } catch (RuntimeException e) {
            return new StepReport<>(planned, cause)
                    .failed(
                            null,
                            null,
                            "could not read the live state of "
                                    + planned.resource().id(),
                            e);
        }
        StepReport<S> report = new StepReport<>(step, cause);
        return switch (step.compare(before)) {
            case Comparison.NothingLeft(String why) -> report.outcome(Status.ALREADY_DONE, before, before, true, why);
            case Comparison.MustNot(String why) -> report.outcome(Status.REFUSED, before, null, false, why);
            case Comparison.AsExpected(), Comparison.NotYet _ -> unlessLeft(report, aws, mode, before);
        };
    }

    private <S> Outcome unlessLeft(StepReport<S> report, Aws aws, Mode mode, S before) {
        Step<S> step = report.step();
        Verdict verdict;
        try {
            verdict = run.verdict(step, aws, mode);
        } catch (RuntimeException e) {
            return report.failed(
                    before,
                    null,
                    "could not find out whether " + step.resource().id() + " is exempt",
                    e);
        }
        String why = verdict.why();
        Outcome outcome = why != null
                ? report.outcome(Status.REFUSED, before, null, false, why)
                : mode == Mode.OBSERVE
                        ? report.outcome(Status.OBSERVED, before, null, false, "mode observe: would " + step.summary())
                        : made(report, aws, before);
        return verdict.remark() == null ? outcome : outcome.remarking(verdict.remark());
    }

    /** What would make it again is kept first: afterwards nothing says what was there. */
    private <S> Outcome made(StepReport<S> report, Aws aws, S before) {
        Step<S> step = report.step();
        try {
            run.keep(step, step.again(before));
        } catch (RuntimeException e) {
            return report.failed(before, null, "could not keep what would make it again", e);
        }
        return new Change<>(report, aws, run, pause, before).made();
    }
}
