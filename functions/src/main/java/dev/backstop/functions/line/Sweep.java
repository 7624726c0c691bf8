package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the denies as they were meant: takes away those whose sessions can no longer live, puts back those that went missing,
 * and so finishes what a kill left half done.
 */
public final class Sweep {
    private final Aws aws;
    private final Sessions sessions;
    private final AgentSelector editable;
    private final AlertChannel alerts;
    private final InstantSource clock;
    private final StepRunner steps;

    public Sweep(
            Aws aws, Sessions sessions, AgentSelector editable, AlertChannel alerts, InstantSource clock, Pause pause) {
        this.aws = aws;
        this.sessions = sessions;
        this.editable = editable;
        this.alerts = alerts;
        this.clock = clock;
        this.steps = new StepRunner(pause);
    }

    /**
     * Goes through all revocations once.
     *
     * @param reference what the outcomes are to be found under
     * @return what was changed or could not be; empty when all stood as it should
     */
    public List<Outcome> run(String reference) {
        Instant now = clock.instant();
        List<Outcome> outcomes = new ArrayList<>();
        for (Revoked revoked : sessions.revocations().all()) {
            boolean over = Revocation.expiry(revoked.cutOff()).isBefore(now);
            outcomes.addAll(over ? expire(revoked, reference, now) : heal(revoked, reference, now));
        }
        return outcomes;
    }

    private List<Outcome> expire(Revoked revoked, String reference, Instant now) {
        Cause cause = new Cause(reference, "revocation-expired", Response.REVOKE);
        Step<?> rest = Revocation.dropExpired(revoked.session().roleArn(), now);
        if (revoked.session().isEveryone()) {
            // The role may have been denied anew since, where there was no room for names: that one has its own end.
            Outcome dropped = steps.run(rest, aws, Mode.ENFORCE, cause);
            if (dropped.contained()) {
                sessions.revocations().forget(revoked);
            }
            return List.of(dropped);
        }
        Outcome lifted = steps.run(Revocation.restore(revoked, now), aws, Mode.ENFORCE, cause);
        if (lifted.contained()) {
            sessions.revocations().forget(revoked);
        }
        Outcome dropped = steps.run(rest, aws, Mode.ENFORCE, cause);
        return dropped.status() == Status.ALREADY_DONE ? List.of(lifted) : List.of(lifted, dropped);
    }

    /** The same deny as was decided then, so that healing moves no cut-off. */
    private List<Outcome> heal(Revoked revoked, String reference, Instant now) {
        return switch (Revocation.heal(revoked, editable, now)) {
            case Plan.Refused _ -> List.of();
            case Plan.Steps(List<Step<?>> planned) -> {
                Cause cause = new Cause(reference, GuardRules.DENY_REMOVED.id(), Response.REVOKE);
                Outcome outcome = steps.run(planned.getFirst(), aws, Mode.ENFORCE, cause);
                if (outcome.status() == Status.ALREADY_DONE) {
                    yield List.of();
                }
                alerts.send(GuardRules.alert(
                        GuardRules.DENY_REMOVED,
                        reference,
                        "backstop:sweep",
                        revoked.session(),
                        List.of(outcome),
                        now));
                yield List.of(outcome);
            }
        };
    }
}
