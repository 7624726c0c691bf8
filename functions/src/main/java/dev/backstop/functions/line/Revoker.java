package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The kill switch itself: the only writer of IAM. */
public final class Revoker implements KillSwitch {
    private final Aws aws;
    private final Revocations revocations;
    private final AgentSelector editable;
    private final InstantSource clock;
    private final StepRunner steps;

    /** @param editable selects the roles that may be edited */
    public Revoker(Aws aws, Revocations revocations, AgentSelector editable, InstantSource clock, Pause pause) {
        this.aws = aws;
        this.revocations = revocations;
        this.editable = editable;
        this.clock = clock;
        this.steps = new StepRunner(pause);
    }

    /** Denies the session everything; written down before it is done, so that a restore finds it whatever happens. */
    @Override
    public Outcome revoke(Order order) {
        AgentSession session = order.session();
        Instant now = clock.instant();
        return switch (Revocation.revoke(session, editable, now)) {
            case Plan.Refused(String why) ->
                new Outcome(
                        order.eventId(),
                        order.rule(),
                        Response.REVOKE,
                        "deny session " + session.name() + " everything",
                        Status.REFUSED,
                        null,
                        null,
                        false,
                        why,
                        null);
            case Plan.Steps(List<Step<?>> planned) -> {
                if (order.mode() == Mode.ENFORCE) {
                    revocations.keep(new Revoked(
                            session,
                            session.id(),
                            now,
                            Revocation.cutOff(now),
                            null,
                            order.reason(),
                            order.operator(),
                            null,
                            List.of()));
                }
                Cause cause = new Cause(order.eventId(), order.rule(), Response.REVOKE);
                yield steps.run(planned.getFirst(), aws, order.mode(), cause);
            }
        };
    }

    /**
     * Lifts what was denied under a session id; one outcome a policy, none when nothing is denied.
     *
     * @param reference what the outcomes are to be found under
     */
    public List<Outcome> restore(String sessionId, String reference) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Revoked revoked : revocations.under(sessionId)) {
            Cause cause = new Cause(reference, "operator", Response.REVOKE);
            Outcome outcome = steps.run(Revocation.restore(revoked), aws, Mode.ENFORCE, cause);
            if (outcome.contained()) {
                revocations.forget(revoked);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }
}
