package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Remediation;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Remakes;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Remediations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what calls did to IAM. Of roles it edits those that the agent selector selects; of users it takes away what the
 * very call gave, which is all that the plans for them hold.
 */
public final class IamReverter implements IamReverts, Remakes {
    private final Aws aws;
    private final Planner planner;
    private final AgentSelector editable;
    private final @Nullable String account;
    private final Journal journal;
    private final Pause pause;

    /**
     * @param editable selects the roles that may be edited
     * @param account the account it may act in; null where it may act in any
     */
    public IamReverter(
            Aws aws, Planner planner, Journal journal, AgentSelector editable, @Nullable String account, Pause pause) {
        this.aws = aws;
        this.planner = planner;
        this.editable = editable;
        this.account = account;
        this.journal = journal;
        this.pause = pause;
    }

    @Override
    public List<Outcome> revert(Request request) {
        Finding finding = request.finding();
        boolean ours =
                Remediations.of(finding.rule()).filter(Remediation::changesIam).isPresent();
        boolean here = account == null || account.equals(finding.record().account());
        if (!ours || !here) {
            return List.of(refused(finding, "this function undoes changes of IAM in its own account alone"));
        }
        return switch (planner.plan(finding).orElseThrow()) {
            case Plan.Refused(String why) -> List.of(refused(finding, why));
            case Plan.Steps(List<Step<?>> planned) -> {
                Cause cause = Cause.of(finding);
                StepRunner steps =
                        new StepRunner(pause, new Run.Brief((step, note) -> journal.note(finding.key(), step, note)));
                yield planned.stream()
                        .map(step -> run(step, request.mode(), cause, steps))
                        .toList();
            }
        };
    }

    @Override
    public List<Outcome> remake(Order order) {
        return order.findings().stream()
                .flatMap(finding -> remake(finding, order).stream())
                .toList();
    }

    /** Of what a person has had claimed: whoever else may invoke this function has nothing made again. */
    private List<Outcome> remake(String finding, Order order) {
        Cause cause = Remaker.cause(order);
        Again again = new Again(journal, finding);
        Optional<List<Outcome>> earlier =
                order.mode() == Mode.OBSERVE ? Optional.of(List.of()) : journal.held(again.claim(), order.reference());
        if (earlier.isEmpty()) {
            String why = "nobody has claimed it for this: ask for it with backstop resolve --restore";
            return List.of(refused(cause, "make again what was undone of " + finding, why, null));
        }
        StepRunner steps = new StepRunner(pause);
        List<Outcome> outcomes = new ArrayList<>();
        for (Step<?> step : Again.left(again.steps(), earlier.get())) {
            boolean here = account == null || account.equals(step.resource().account());
            outcomes.add(
                    here
                            ? run(step, order.mode(), cause, steps)
                            : refused(cause, step.summary(), "this function changes its own account alone", null));
        }
        return outcomes;
    }

    private Outcome run(Step<?> step, Mode mode, Cause cause, StepRunner steps) {
        return switch (step.resource().type()) {
            case "AWS::IAM::User" -> steps.run(step, aws, mode, cause);
            case "AWS::IAM::Role" -> onRole(step, mode, cause, steps);
            default -> refused(cause, step.summary(), "this function changes nothing but IAM", step.command());
        };
    }

    /** A call names a role without its path, so IAM is asked which role that is. */
    private Outcome onRole(Step<?> step, Mode mode, Cause cause, StepRunner steps) {
        String name = step.resource().id();
        Optional<Role> role;
        try {
            role = aws.roles().named(name);
        } catch (RuntimeException e) {
            String message = "could not look up role " + name + ": " + e.getMessage();
            return cause.unchanged(Status.FAILED, step.summary(), message, step.command());
        }
        if (role.isEmpty()) {
            return cause.unchanged(Status.ALREADY_DONE, step.summary(), "the role is gone", null);
        }
        return editable.selectsRole(role.get().arn())
                ? steps.run(step, aws, mode, cause)
                : refused(
                        cause,
                        step.summary(),
                        "role " + name + " is no agent role, and Backstop may edit no other",
                        step.command());
    }

    private static Outcome refused(Finding finding, String why) {
        return refused(Cause.of(finding), "revert", why, null);
    }

    private static Outcome refused(Cause cause, String step, String why, @Nullable String command) {
        return cause.unchanged(Status.REFUSED, step, why, command);
    }
}
