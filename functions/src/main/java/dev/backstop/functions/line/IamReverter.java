package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Finding;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Remediation;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Remediations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what calls did to IAM. Of roles it edits those that the agent selector selects; of users it takes away what the
 * very call gave, which is all that the plans for them hold.
 */
public final class IamReverter implements IamReverts {
    private final Aws aws;
    private final Planner planner;
    private final AgentSelector editable;
    private final @Nullable String account;
    private final StepRunner steps;

    /**
     * @param editable selects the roles that may be edited
     * @param account the account it may act in; null where it may act in any
     */
    public IamReverter(Aws aws, Planner planner, AgentSelector editable, @Nullable String account, Pause pause) {
        this.aws = aws;
        this.planner = planner;
        this.editable = editable;
        this.account = account;
        this.steps = new StepRunner(pause);
    }

    @Override
    public List<Outcome> revert(Request request) {
        Finding finding = request.finding();
        boolean ours =
                Remediations.of(finding.rule()).filter(Remediation::changesIam).isPresent();
        boolean here = account == null || account.equals(finding.record().account());
        if (!ours || !here) {
            return List.of(
                    refused(finding, "revert", "this function undoes changes of IAM in its own account alone", null));
        }
        return switch (planner.plan(finding).orElseThrow()) {
            case Plan.Refused(String why) -> List.of(refused(finding, "revert", why, null));
            case Plan.Steps(List<Step<?>> planned) ->
                planned.stream().map(step -> run(step, request)).toList();
        };
    }

    private Outcome run(Step<?> step, Request request) {
        Finding finding = request.finding();
        return switch (step.resource().type()) {
            case "AWS::IAM::User" -> apply(step, request);
            case "AWS::IAM::Role" -> onRole(step, request);
            default -> refused(finding, step.summary(), "this function changes nothing but IAM", step.command());
        };
    }

    /** A call names a role without its path, so IAM is asked which role that is. */
    private Outcome onRole(Step<?> step, Request request) {
        Finding finding = request.finding();
        String name = step.resource().id();
        Optional<Role> role;
        try {
            role = aws.roles().named(name);
        } catch (RuntimeException e) {
            String message = "could not look up role " + name + ": " + e.getMessage();
            return outcome(finding, step.summary(), Status.FAILED, message, step.command());
        }
        if (role.isEmpty()) {
            return outcome(finding, step.summary(), Status.ALREADY_DONE, "the role is gone", null);
        }
        return editable.selectsRole(role.get().arn())
                ? apply(step, request)
                : refused(
                        finding,
                        step.summary(),
                        "role " + name + " is no agent role, and Backstop may edit no other",
                        step.command());
    }

    private Outcome apply(Step<?> step, Request request) {
        Finding finding = request.finding();
        Cause cause = new Cause(finding.record().eventId(), finding.rule().id(), Response.REVERT);
        return steps.run(step, aws, request.mode(), cause);
    }

    private static Outcome refused(Finding finding, String step, String why, @Nullable String command) {
        return outcome(finding, step, Status.REFUSED, why, command);
    }

    private static Outcome outcome(
            Finding finding, String step, Status status, String message, @Nullable String command) {
        return Outcome.unchanged(
                status, finding.record().eventId(), finding.rule().id(), Response.REVERT, step, message, command);
    }
}
