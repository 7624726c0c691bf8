package dev.backstop.functions.line;

import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Journal.Claim;
import dev.backstop.core.port.Remakes;
import dev.backstop.functions.line.StepRunner.Cause;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes again what was reverted, by the steps that the journal keeps: each finding once, whoever asks how often; asked again
 * it goes on with what is left.
 */
public final class Remaker implements Remakes {
    private static final String NO_TIME = "no time was left for it: ask again";

    private final Function<String, Aws> regions;
    private final Journal journal;
    private final Remakes iam;
    private final InstantSource clock;
    private final Pause pause;

    /** @param iam may write IAM, which this may not */
    public Remaker(Function<String, Aws> regions, Journal journal, Remakes iam, InstantSource clock, Pause pause) {
        this.regions = regions;
        this.journal = journal;
        this.iam = iam;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public List<Outcome> remake(Order order) {
        return order.findings().stream()
                .flatMap(finding -> remake(finding, order).stream())
                .toList();
    }

    /** A person's doing, and not the finding's. */
    static Cause cause(Order order) {
        return Cause.of(order.reference());
    }

    private List<Outcome> remake(String finding, Order order) {
        Again again = new Again(journal, finding);
        List<Step<?>> steps;
        try {
            steps = again.steps();
        } catch (RuntimeException e) {
            return List.of(failed(order, finding, e.getMessage() + ": ask again, or make the change again by hand"));
        }
        if (steps.isEmpty() || order.mode() == Mode.OBSERVE) {
            return run(steps, again, order);
        }
        if (isOver(order)) {
            return List.of(failed(order, finding, NO_TIME));
        }
        String call = call(finding);
        if (!order.findings().stream()
                .filter(other -> call(other).equals(call))
                .allMatch(other -> isSettled(other, order))) {
            return List.of(failed(order, finding, "it is still being undone: ask again in some minutes"));
        }
        String key = again.claim();
        return switch (journal.claim(key, order.reference(), Limits.LEASE, Json.object())) {
            case Claim.Done(List<Outcome> outcomes) -> outcomes;
            case Claim.Busy() ->
                List.of(failed(order, finding, "somebody else is making it again: ask again in some minutes"));
            case Claim.Held(List<Outcome> earlier) -> {
                List<Outcome> outcomes = new ArrayList<>(
                        earlier.stream().filter(Outcome::contained).toList());
                outcomes.addAll(run(Again.left(steps, earlier), again, order));
                if (outcomes.stream().allMatch(Outcome::contained)) {
                    journal.close(key, outcomes);
                } else {
                    journal.release(key, outcomes);
                }
                yield outcomes;
            }
        };
    }

    private boolean isOver(Order order) {
        return !clock.instant().isBefore(order.until());
    }

    /** The call that a finding is of: what another rule found in the same call would undo it as well. */
    private static String call(String finding) {
        return finding.substring(0, finding.lastIndexOf('#') + 1);
    }

    /** Whether nobody will undo it any more: a revert that failed in part would be tried again. */
    private boolean isSettled(String finding, Order order) {
        return switch (journal.claim(finding, order.reference(), Limits.LEASE, Json.object())) {
            case Claim.Done _ -> true;
            case Claim.Busy _ -> false;
            case Claim.Held(List<Outcome> reached) -> {
                journal.close(finding, reached);
                yield true;
            }
        };
    }

    private List<Outcome> run(List<Step<?>> steps, Again again, Order order) {
        if (steps.stream().anyMatch(step -> step.resource().type().startsWith("AWS::IAM::"))) {
            try {
                return iam.remake(new Order(List.of(again.finding()), order.mode(), order.reference(), order.until()));
            } catch (RuntimeException e) {
                return List.of(failed(order, again.finding(), "what may write IAM did not answer: " + e.getMessage()));
            }
        }
        Run run = new Run.Until(
                order.until(), clock, pause, (step, note) -> journal.note(again.claim(), step, note), Run.Judge.NONE);
        StepRunner runner = new StepRunner(pause, run);
        List<Outcome> outcomes = new ArrayList<>();
        for (Step<?> step : steps) {
            if (isOver(order)) {
                outcomes.add(failed(order, again.finding(), NO_TIME));
                break;
            }
            outcomes.add(runner.run(step, regions.apply(step.resource().region()), order.mode(), cause(order)));
        }
        return outcomes;
    }

    private static Outcome failed(Order order, String finding, String why) {
        return cause(order).unchanged(Status.FAILED, "make again what was undone of " + finding, why, null);
    }
}
