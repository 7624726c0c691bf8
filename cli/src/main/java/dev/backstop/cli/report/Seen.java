package dev.backstop.cli.report;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finding of a replay as reports show it: without its record, for all of them are held until they can be told in the order
 * of time.
 *
 * @param by the calls that crossed a rule over many, in words; empty for a rule over one
 * @param revert what would have undone it; empty where the rule does not ask
 * @param kill what would have stopped the session; empty where the rule does not ask
 * @param stopped when the session would have been stopped before, and nothing would have been done; empty where it would not
 */
public record Seen(
        Rule rule,
        Trigger trigger,
        AgentSession session,
        Resource resource,
        Severity severity,
        List<String> responses,
        List<String> softened,
        Optional<String> by,
        Optional<Plan> revert,
        Optional<Plan> kill,
        Optional<Instant> stopped) {
    public Seen {
        responses = List.copyOf(responses);
        softened = List.copyOf(softened);
    }

    /** What is known of a finding by itself. */
    public static Seen of(Finding finding, Optional<String> by, Optional<Plan> revert) {
        return new Seen(
                finding.rule(),
                Trigger.of(finding.record()),
                finding.session(),
                finding.resource(),
                finding.severity(),
                finding.responseWords(),
                finding.softened(),
                by,
                revert,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, with what would have stopped the session. */
    public Seen with(Optional<Plan> killed) {
        return new Seen(
                rule, trigger, session, resource, severity, responses, softened, by, revert, killed, Optional.empty());
    }

    /** The same of a call that would have been refused, since its session was stopped before: nothing is done about it. */
    public Seen refusedSince(Instant stoppedBefore) {
        return new Seen(
                rule,
                trigger,
                session,
                resource,
                severity,
                responses,
                softened,
                by,
                Optional.empty(),
                Optional.empty(),
                Optional.of(stoppedBefore));
    }

    /** When the call was made. */
    public Instant at() {
        return trigger.time();
    }

    /** Whether it would have been undone: by a plan, of which not every step is for a person. */
    public boolean reverts() {
        return revert.filter(plan ->
                        plan instanceof Plan.Steps(var steps) && steps.stream().anyMatch(step -> !step.byHand()))
                .isPresent();
    }

    /** Whether its session would have been stopped for it. */
    public boolean stops() {
        return kill.filter(Plan.Steps.class::isInstance).isPresent();
    }
}
