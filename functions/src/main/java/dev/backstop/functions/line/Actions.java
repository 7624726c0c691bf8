package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Plan;
import dev.backstop.core.Trigger;
import dev.backstop.functions.line.Run.Notes;
import dev.backstop.functions.message.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out what a rule asks for beyond the alert: the plan's steps, and the kill. */
final class Actions {
    private final Line line;
    private final AgentSelector agents;
    private final Planner planner;
    private final Limits limits;
    private final InstantSource clock;
    private final Pause pause;

    Actions(Line line, AgentSelector agents, Planner planner, Limits limits, InstantSource clock, Pause pause) {
        this.line = line;
        this.agents = agents;
        this.planner = planner;
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
    }

    /** Whether asking for these actions can change anything: what is only said can be asked for again. */
    boolean mayChange(Finding finding, Mode mode, Instant now) {
        return mode == Mode.ENFORCE && obstacle(finding, now) == null;
    }

    /**
     * What became of them.
     *
     * @param urgent whether somebody is to be woken whatever the rule says
     */
    record Taken(List<Outcome> outcomes, boolean urgent) {}

    /**
     * One outcome a step, and one for the kill; none for a rule that only alerts. What can be reverted at once is reverted
     * first; nothing is waited for before the session is stopped.
     *
     * @param claim what the finding is claimed under
     */
    Taken take(Finding finding, Mode mode, Instant now, String claim) {
        String obstacle = obstacle(finding, now);
        Kill kill = new Kill(line.killSwitch(), finding, mode, obstacle);
        Pause afterKill = duration -> {
            kill.ifAsked();
            pause.of(duration);
        };
        boolean ofAgent = isOfAgent(finding);
        Fight fight = new Fight(line.restraints().breaker(), limits.reverts().perHour(), ofAgent, finding, kill);
        ExemptByTag exempt = new ExemptByTag(line.restraints().forgedTags(), finding, ofAgent, clock, afterKill);
        Restraint restraint = new Restraint(limits.reverts(), finding, exempt, fight);
        Notes notes = (step, note) -> line.journal().note(claim, step, note);
        Run run = new Run.Until(now.plus(limits.waiting()), clock, afterKill, notes, restraint::of);
        Reversal reversal = new Reversal(
                finding, mode, obstacle, restraint, new StepRunner(afterKill, run), line.regions(), line.iamReverts());
        if (planner.looksBack(finding)) {
            kill.ifAsked();
        }
        List<Outcome> outcomes = new ArrayList<>(reverted(finding, reversal, notes));
        kill.ifAsked();
        outcomes.addAll(kill.outcomes());
        return new Taken(outcomes, fight.isNews());
    }

    private List<Outcome> reverted(Finding finding, Reversal reversal, Notes notes) {
        Optional<Plan> plan;
        try {
            plan = planner.plan(finding);
        } catch (RuntimeException e) {
            // The session may be stopped by now, and people must hear of it.
            return List.of(reversal.unplanned(e));
        }
        if (planner.looksBack(finding)) {
            plan.ifPresent(made -> notes.note("plan", Journaled.plan(made).toString()));
        }
        return plan.map(reversal::of).orElse(List.of());
    }

    /** Drift is found by looking: whoever changed the resource last need not be who made it so. */
    private boolean isOfAgent(Finding finding) {
        return agents.selects(finding.record().caller())
                && !Trigger.of(finding.record()).isDrift();
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
}
