package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans and steps as the tests of every remediation handle them. */
final class Steps {
    private Steps() {}

    /** Plans for a record, with the same prior state for whatever the remediation asks for; null for none. */
    static Plan plan(Remediation remediation, CloudTrailRecord record, @Nullable String prior) {
        Finding finding = Records.finding(Records.rule("r", remediation.id(), Response.ALERT, Response.REVERT), record);
        Map<Resource, PriorState> known = prior == null
                ? Map.of()
                : remediation.needs(finding).stream()
                        .collect(Collectors.toMap(
                                resource -> resource, _ -> new PriorState(Json.read(prior), Instant.EPOCH, "config")));
        return remediation.plan(finding, known);
    }

    static String refusal(Plan plan) {
        return assertInstanceOf(Plan.Refused.class, plan).why();
    }

    static List<Step<?>> of(Plan plan) {
        return assertInstanceOf(Plan.Steps.class, plan, plan::toString).steps();
    }

    static Step<?> only(Plan plan) {
        List<Step<?>> steps = of(plan);
        assertEquals(1, steps.size(), steps::toString);
        return steps.getFirst();
    }

    static <S> Comparison compare(Step<S> step, Aws aws) {
        return step.compare(step.read(aws));
    }

    static <S> String show(Step<S> step, Aws aws) {
        return step.show(step.read(aws));
    }

    /** What a step refuses to do now, and why. */
    static String mustNot(Step<?> step, Aws aws) {
        return assertInstanceOf(Comparison.MustNot.class, compare(step, aws), step.summary())
                .why();
    }

    /** Applies a step that finds what it expects; then, and when asked again, nothing is left. */
    static <S> void undo(Step<S> step, Aws aws) {
        S live = step.read(aws);
        assertInstanceOf(Comparison.AsExpected.class, step.compare(live), step.summary());
        String note = step.note(live);
        Step<S> begun = note == null ? step : step.begunWith(note);
        for (int moves = 0; moves < step.moves() && begun.compare(live) instanceof Comparison.AsExpected; moves++) {
            begun.apply(aws, live);
            live = begun.read(aws);
        }
        assertDone(begun, aws);
    }

    static void assertDone(Step<?> step, Aws aws) {
        assertInstanceOf(Comparison.NothingLeft.class, compare(step, aws), step.summary());
    }
}
