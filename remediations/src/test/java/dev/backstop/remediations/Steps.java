package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans and steps as the tests of every remediation handle them. */
final class Steps {
    /** Whose the steps are. */
    private static final Map<Step<?>, Remediation> PLANNED = new ConcurrentHashMap<>();

    private Steps() {}

    /** Plans for a record, with the same prior state for whatever the remediation asks for; null for none. */
    static Plan plan(Remediation remediation, CloudTrailRecord record, @Nullable String prior) {
        Finding finding = Records.finding(Records.rule("r", remediation.id(), Response.ALERT, Response.REVERT), record);
        Map<Resource, PriorState> known = prior == null
                ? Map.of()
                : remediation.needs(finding).stream()
                        .collect(Collectors.toMap(
                                resource -> resource, _ -> new PriorState(Json.read(prior), Instant.EPOCH, "config")));
        Plan plan = remediation.plan(finding, known);
        if (plan instanceof Plan.Steps(List<Step<?>> steps)) {
            steps.forEach(step -> PLANNED.put(step, remediation));
        }
        return plan;
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

    /** Applies a step that finds what it expects; makes the change again as a person may want it, and undoes that. */
    static <S> void undo(Step<S> step, Aws aws) {
        S found = make(step, aws);
        S left = step.read(aws);
        List<Step<?>> again = kept(step.again(found));
        Set<String> granted = Optional.ofNullable(PLANNED.get(step)).stream()
                .flatMap(remediation -> remediation.permissions().stream())
                .map(Permission::action)
                .collect(Collectors.toSet());
        again.forEach(each -> assertTrue(
                granted.isEmpty() || granted.contains(each.action()),
                () -> each.summary() + " needs " + each.action() + ", which is not declared"));
        List<Step<?>> back = new ArrayList<>();
        again.forEach(each -> back.addAll(remake(each, aws)));
        if (!again.isEmpty()) {
            assertEquals(shown(step, found), shown(step, step.read(aws)), () -> "made again: " + step.summary());
            back.forEach(each -> make(each, aws));
            assertEquals(shown(step, left), shown(step, step.read(aws)), () -> "undone again: " + step.summary());
        }
    }

    /** A rule that is added again gets another id. */
    private static <S> String shown(Step<S> step, S state) {
        return step.show(state).replaceAll("sgr-\\w+", "sgr");
    }

    /** Makes a change again that a step has undone, and says what would undo that. */
    private static <S> List<Step<?>> remake(Step<S> step, Aws aws) {
        S found = make(step, aws);
        return kept(step.again(found));
    }

    /** Applies a step that finds what it expects, and says what it found; then, and when asked again, nothing is left. */
    static <S> S make(Step<S> step, Aws aws) {
        S found = step.read(aws);
        S live = found;
        assertInstanceOf(Comparison.AsExpected.class, step.compare(live), step.summary());
        String note = step.note(live);
        Step<S> begun = note == null ? step : step.begunWith(note);
        for (int moves = 0; moves < step.moves() && begun.compare(live) instanceof Comparison.AsExpected; moves++) {
            begun.apply(aws, live);
            live = begun.read(aws);
        }
        assertDone(begun, aws);
        return found;
    }

    /** As they come out of the journal. */
    private static List<Step<?>> kept(List<Step<?>> steps) {
        List<Step<?>> read = KeptSteps.read(KeptSteps.write(steps));
        assertEquals(steps, read);
        return read;
    }

    static void assertDone(Step<?> step, Aws aws) {
        assertInstanceOf(Comparison.NothingLeft.class, compare(step, aws), step.summary());
    }
}
