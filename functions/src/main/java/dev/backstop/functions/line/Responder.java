package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Detection;
import dev.backstop.core.Exemption;
import dev.backstop.core.Finding;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Leniency;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.Journal.Claim;
import dev.backstop.functions.line.Actions.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a detection: claim and journal, plan, act, alert, and say so on the bus; once, whoever asks how often. */
public final class Responder {
    private final Line line;
    private final AgentSelector agents;
    private final Limits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final Inquiry inquiry;
    private final Planner planner;
    private final Actions actions;

    public Responder(Line line, AgentSelector agents, Limits limits, InstantSource clock, Pause pause) {
        this(line, agents, limits, Leniency.NONE, clock, pause);
    }

    /** The same, with what configuration makes less of. */
    public Responder(
            Line line, AgentSelector agents, Limits limits, Leniency leniency, InstantSource clock, Pause pause) {
        this.line = line;
        this.agents = agents;
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
        this.inquiry = new Inquiry(line.timeline(), line.sessions(), leniency);
        this.planner = new Planner(line.history(), line.timeline());
        this.actions = new Actions(line, agents, planner, limits, clock, pause);
    }

    /**
     * Answers one detection.
     *
     * @param invocation who asks; a retry by the same one takes its own unfinished claim up again
     * @throws StillBusyException when another invocation is at it: ask again later
     */
    public Answer respond(Detection detection, String invocation) {
        Instant arrived = clock.instant();
        AgentSession seen = agents.session(detection.record());
        AgentSession session = line.sessions().find(seen).orElse(seen);
        Finding found = inquiry.into(new Finding(detection.rule(), detection.record(), session));
        Finding finding = Exemption.lower(found, line.controls().exemptions());
        Mode mode = line.controls().modes().of(finding.rule().id());
        // What must look back may have to wait: it is planned, and noted, once the session is stopped.
        Optional<Plan> plan = planner.looksBack(finding) ? Optional.empty() : planner.plan(finding);
        var entry = Journaled.entry(finding, plan);
        String key = claimed(finding, mode, arrived);
        Optional<List<Outcome>> acted =
                key.equals(finding.key()) ? Optional.empty() : line.journal().ended(finding.key());
        if (acted.isPresent()) {
            return new Answer(finding, acted.get(), true);
        }
        return switch (line.journal().claim(key, invocation, Limits.LEASE, entry)) {
            case Claim.Done(List<Outcome> outcomes) -> new Answer(finding, outcomes, true);
            case Claim.Busy() -> throw new StillBusyException(finding.key());
            // It came all the way, which is all that it is for: nobody is told, and nothing but the claim is kept.
            case Claim.Held _
            when Heartbeat.is(finding) -> {
                line.journal().close(key, List.of());
                yield new Answer(finding, List.of(), false);
            }
            case Claim.Held(List<Outcome> earlier) -> {
                Taken taken = actions.take(finding, mode, arrived, key);
                yield conclude(key, withOwner(finding, arrived), mode, taken, earlier);
            }
        };
    }

    /**
     * What was only observed, or refused whatever it was, is still to be acted on, once somebody switches to enforce, or
     * allows for the age of the call, and asks again.
     */
    private String claimed(Finding finding, Mode mode, Instant now) {
        if (actions.mayChange(finding, mode, now)) {
            return finding.key();
        }
        return finding.key() + (mode == Mode.OBSERVE ? "#observe" : "#refused");
    }

    /** Tells people, unless a retry came to the very end they have been told of already. */
    private Answer conclude(String key, Finding finding, Mode mode, Taken taken, List<Outcome> earlier) {
        List<Outcome> outcomes = taken.outcomes();
        if (earlier.isEmpty() || !ends(outcomes).equals(ends(withoutAlert(earlier)))) {
            Alert alert = Alert.of(finding, mode, outcomes, clock.instant());
            line.alerts().send(taken.urgent() ? alert.urgent(Urgency.PAGE) : alert);
        }
        List<Outcome> told = new ArrayList<>(outcomes);
        told.add(Journaled.alerted(finding));
        try {
            line.timeline().keep(finding.session().id(), TimelineEntry.of(told, clock.instant()));
            line.bus().put(BackstopEvents.of(finding, mode, told));
        } catch (RuntimeException e) {
            line.journal().release(key, told);
            throw e;
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.status() == Status.FAILED)) {
            line.journal().release(key, told);
        } else {
            line.journal().close(key, told);
        }
        return new Answer(finding, told, false);
    }

    /** The STS record may still be on its way: the action did not wait for it, the alert does, a little. */
    private Finding withOwner(Finding finding, Instant arrived) {
        if (finding.session().ownerKnown()) {
            return finding;
        }
        Duration left = limits.patience().minus(Duration.between(arrived, clock.instant()));
        if (left.isPositive()) {
            pause.of(left);
        }
        return line.sessions()
                .find(agents.session(finding.record()))
                .map(finding::madeBy)
                .orElse(finding);
    }

    private static List<Outcome> withoutAlert(List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> !Journaled.isAlert(outcome)).toList();
    }

    /** What people care about: that it is over, or else how it stands. */
    private static List<String> ends(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::end).toList();
    }
}
