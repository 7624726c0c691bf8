package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Remediation;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.functions.line.Run.Notes;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.functions.message.Span;
import dev.backstop.remediations.Remediations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out what a rule asks for beyond the alert: the plan's steps, and the kill. */
final class Actions {
    private final Function<String, Aws> regions;
    private final KillSwitch killSwitch;
    private final IamReverts iamReverts;
    private final Restraints restraints;
    private final Journal journal;
    private final Limits limits;
    private final InstantSource clock;
    private final Pause pause;

    Actions(Line line, Limits limits, InstantSource clock, Pause pause) {
        this.regions = line.regions();
        this.killSwitch = line.killSwitch();
        this.iamReverts = line.iamReverts();
        this.restraints = line.restraints();
        this.journal = line.journal();
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
    }

    /** Whether asking for these actions can change anything: what is only said can be asked for again. */
    boolean mayChange(Finding finding, Mode mode, Instant now) {
        return mode == Mode.ENFORCE && obstacle(finding, now) == null;
    }

    /**
     * One outcome a step, and one for the kill; none for a rule that only alerts.
     *
     * @param claim what the finding is claimed under
     */
    List<Outcome> take(Finding finding, Optional<Plan> plan, Mode mode, Instant now, String claim) {
        String obstacle = obstacle(finding, now);
        Supplier<List<Outcome>> kill =
                () -> finding.responses().contains(Response.REVOKE) ? revoke(finding, mode, obstacle) : List.of();
        // What takes minutes to undo must not give the session those minutes.
        List<Outcome> first = plan.filter(Actions::takesLong).isPresent() ? kill.get() : null;
        List<Outcome> outcomes = new ArrayList<>();
        plan.ifPresent(made -> outcomes.addAll(revert(finding, made, mode, obstacle, now, claim)));
        outcomes.addAll(first == null ? kill.get() : first);
        return outcomes;
    }

    private static boolean takesLong(Plan plan) {
        return plan instanceof Plan.Steps(List<Step<?>> steps) && steps.stream().anyMatch(step -> step.moves() > 1);
    }

    /** Why nothing may be done about a finding, whatever its rule asks for; null where nothing stands in the way. */
    private @Nullable String obstacle(Finding finding, Instant now) {
        String account = finding.record().account();
        if (limits.account() != null && !limits.account().equals(account)) {
            return "the call was made in account " + account + ", and these credentials are of " + limits.account();
        }
        Duration age = Duration.between(finding.record().eventTime(), now);
        return age.compareTo(limits.maxAge()) > 0
                ? "the call is " + Span.words(age) + " old, and calls older than " + Span.words(limits.maxAge())
                        + " are not acted on: look at the resource as it is now"
                : null;
    }

    private StepRunner running(Restraint restraint, Instant now, String claim) {
        Notes notes = (step, note) -> journal.note(claim, step, note);
        return new StepRunner(pause, new Run.Until(now.plus(limits.waiting()), clock, pause, notes, restraint));
    }

    private List<Outcome> revert(
            Finding finding, Plan plan, Mode mode, @Nullable String obstacle, Instant now, String claim) {
        Restraint restraint = new Restraint(restraints, limits.reverts(), finding, now);
        return switch (plan) {
            case Plan.Refused(String why) ->
                List.of(refused(finding, Response.REVERT, "revert", obstacle == null ? why : obstacle, null));
            case Plan.Steps(List<Step<?>> planned)
            when obstacle != null ->
                planned.stream()
                        .map(step -> refused(finding, Response.REVERT, step.summary(), obstacle, step.command()))
                        .toList();
            case Plan.Steps(List<Step<?>> planned)
            when Remediations.of(finding.rule()).filter(Remediation::changesIam).isPresent() ->
                handOver(finding, planned, mode, restraint);
            case Plan.Steps(List<Step<?>> planned) -> {
                Cause cause =
                        new Cause(finding.record().eventId(), finding.rule().id(), Response.REVERT);
                StepRunner steps = running(restraint, now, claim);
                Aws aws = regions.apply(finding.record().region());
                List<Outcome> outcomes = new ArrayList<>();
                planned.forEach(step -> outcomes.add(steps.run(step, aws, mode, cause)));
                yield outcomes;
            }
        };
    }

    /** What may write IAM plans the same again, and does it. */
    private List<Outcome> handOver(Finding finding, List<Step<?>> planned, Mode mode, Restraint restraint) {
        for (Step<?> step : planned) {
            String why = restraint.ofIam(step.resource(), mode).why();
            if (why != null) {
                return planned.stream()
                        .map(each -> refused(finding, Response.REVERT, each.summary(), why, each.command()))
                        .toList();
            }
        }
        try {
            return iamReverts.revert(new IamReverts.Request(finding, mode));
        } catch (RuntimeException e) {
            String message = "what may write IAM did not answer: " + e.getMessage();
            return planned.stream()
                    .map(step ->
                            unchanged(Status.FAILED, finding, Response.REVERT, step.summary(), message, step.command()))
                    .toList();
        }
    }

    private List<Outcome> revoke(Finding finding, Mode mode, @Nullable String obstacle) {
        Rule rule = finding.rule();
        String step = "deny session " + finding.session().name() + " everything";
        if (obstacle != null) {
            return List.of(refused(finding, Response.REVOKE, step, obstacle, null));
        }
        String eventId = finding.record().eventId();
        try {
            return killSwitch.revoke(new Order(
                    finding.session(),
                    finding.session().id(),
                    mode,
                    eventId,
                    finding.record().eventTime(),
                    rule.id(),
                    rule.title(),
                    "backstop"));
        } catch (RuntimeException e) {
            String message = "the kill switch did not answer: " + e.getMessage();
            return List.of(unchanged(Status.FAILED, finding, Response.REVOKE, step, message, null));
        }
    }

    private static Outcome refused(
            Finding finding, Response action, String step, String why, @Nullable String command) {
        return unchanged(Status.REFUSED, finding, action, step, why, command);
    }

    private static Outcome unchanged(
            Status status, Finding finding, Response action, String step, String message, @Nullable String command) {
        return Outcome.unchanged(
                status, finding.record().eventId(), finding.rule().id(), action, step, message, command);
    }
}
