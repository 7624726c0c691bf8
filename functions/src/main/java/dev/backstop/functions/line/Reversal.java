package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Remediation;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.IamReverts;
import dev.backstop.functions.line.Restraint.Verdict;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Remediations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the plan that reverts one finding.
 *
 * @param obstacle why nothing may be done; null where nothing stands in the way
 */
record Reversal(
        Finding finding,
        Mode mode,
        @Nullable String obstacle,
        Restraint restraint,
        StepRunner steps,
        Function<String, Aws> regions,
        IamReverts iamReverts) {

    /** One outcome a step. */
    List<Outcome> of(Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of(refused("revert", obstacle == null ? why : obstacle, null));
            case Plan.Steps(List<Step<?>> planned) when obstacle != null -> refused(planned, obstacle);
            case Plan.Steps(List<Step<?>> planned)
            when Remediations.of(finding.rule()).filter(Remediation::changesIam).isPresent() -> handOver(planned);
            case Plan.Steps(List<Step<?>> planned) -> {
                Cause cause = Cause.of(finding);
                Aws aws = regions.apply(finding.record().region());
                List<Outcome> outcomes = new ArrayList<>();
                planned.forEach(step -> outcomes.add(steps.run(step, aws, mode, cause)));
                yield outcomes;
            }
        };
    }

    /** Of a plan that could not be made. */
    Outcome unplanned(RuntimeException e) {
        return unchanged(Status.FAILED, "revert", "could not find out what was there before: " + e.getMessage(), null);
    }

    /** What may write IAM plans the same again, and does it. */
    private List<Outcome> handOver(List<Step<?>> planned) {
        Set<String> remarks = new LinkedHashSet<>();
        for (Step<?> step : planned) {
            Verdict verdict = restraint.ofIam(step.resource(), mode);
            if (verdict.why() != null) {
                return refused(planned, verdict.why());
            }
            Optional.ofNullable(verdict.remark()).ifPresent(remarks::add);
        }
        try {
            return iamReverts.revert(new IamReverts.Request(finding, mode)).stream()
                    .map(outcome -> remarks.isEmpty() ? outcome : outcome.remarking(String.join("; ", remarks)))
                    .toList();
        } catch (RuntimeException e) {
            String message = "what may write IAM did not answer: " + e.getMessage();
            return planned.stream()
                    .map(step -> unchanged(Status.FAILED, step.summary(), message, step.command()))
                    .toList();
        }
    }

    private List<Outcome> refused(List<Step<?>> planned, String why) {
        return planned.stream()
                .map(step -> refused(step.summary(), why, step.command()))
                .toList();
    }

    private Outcome refused(String step, String why, @Nullable String command) {
        return unchanged(Status.REFUSED, step, why, command);
    }

    private Outcome unchanged(Status status, String step, String message, @Nullable String command) {
        return Cause.of(finding).unchanged(status, step, message, command);
    }
}
