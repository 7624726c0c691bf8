package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Outliving;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.Release;
import dev.backstop.core.port.Revocations.DeactivatedKey;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.StepRunner.Cause;
import dev.backstop.remediations.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kill switch itself: the only writer of IAM. */
public final class Revoker implements KillSwitch, Release {
    private final Aws aws;
    private final Sessions sessions;
    private final AgentSelector editable;
    private final InstantSource clock;
    private final StepRunner steps;

    /** @param editable selects the roles that may be edited */
    public Revoker(Aws aws, Sessions sessions, AgentSelector editable, InstantSource clock, Pause pause) {
        this.aws = aws;
        this.sessions = sessions;
        this.editable = editable;
        this.clock = clock;
        this.steps = new StepRunner(pause);
    }

    /** Each deny is written down before it is made, so that a restore finds it whatever happens. */
    @Override
    public List<Outcome> revoke(Order order) {
        Instant now = clock.instant();
        List<Outcome> outcomes = new ArrayList<>();
        List<Revoked> standing = sessions.revocations().all();
        // The session itself first: the rest of its lineage takes some looking up.
        outcomes.add(deny(order, order.session(), standing, now));
        List<AgentSession> lineage = Lineage.of(List.of(order.session()), sessions.registry(), now);
        lineage.stream().skip(1).forEach(session -> outcomes.add(deny(order, session, standing, now)));
        outcomes.addAll(cut(order, lineage));
        return outcomes;
    }

    @Override
    public List<Outcome> release(String sessionId, String reference) {
        return restore(sessions.revocations().under(sessionId), false, Mode.ENFORCE, reference);
    }

    /**
     * Lifts what was denied; one outcome a session and key.
     *
     * @param keys whether access keys that were set inactive with it are to work again
     * @param reference what the outcomes are to be found under
     */
    public List<Outcome> restore(List<Revoked> denied, boolean keys, Mode mode, String reference) {
        Cause cause = new Cause(reference, "operator", Response.REVOKE);
        List<Outcome> outcomes = new ArrayList<>();
        for (Revoked revoked : denied) {
            List<Outcome> lifted = new ArrayList<>();
            lifted.add(steps.run(Revocation.restore(revoked, clock.instant()), aws, mode, cause));
            if (keys) {
                revoked.keys()
                        .forEach(key ->
                                lifted.add(steps.run(Revocation.reactivate(key, revoked.session()), aws, mode, cause)));
            }
            if (mode == Mode.ENFORCE && lifted.stream().allMatch(Outcome::contained)) {
                sessions.revocations().forget(revoked);
            }
            outcomes.addAll(lifted);
        }
        return outcomes;
    }

    /**
     * Denies every session of a role whose credentials were issued until some minutes from now, and those that such sessions
     * have assumed in other roles; one outcome for the role, and one a session. It is written down like the deny of one session,
     * so that it is put back, and expires, like one.
     *
     * @param order whose session is everyone on the role
     */
    public List<Outcome> revokeRole(Order order) {
        Instant now = clock.instant();
        AgentSession everyone = order.session();
        List<Revoked> standing = sessions.revocations().all();
        return switch (Revocation.revokeRole(everyone.roleArn(), editable, now)) {
            case Plan.Refused(String why) -> List.of(refused(order, "deny " + everyone.id(), why, null));
            case Plan.Steps(List<Step<?>> planned) -> {
                List<Outcome> outcomes = new ArrayList<>();
                keep(order, everyone, standing, now);
                outcomes.add(steps.run(planned.getFirst(), aws, order.mode(), cause(order)));
                Lineage.ofRole(everyone.roleArn(), sessions.registry(), now)
                        .forEach(session -> outcomes.add(deny(order, session, standing, now)));
                yield outcomes;
            }
        };
    }

    /**
     * Lets a role that was denied as a whole go on, and whom its sessions had reached; denies again by name whom there was no
     * room to name.
     */
    public List<Outcome> restoreRole(String roleArn, Mode mode, String reference) {
        Cause cause = new Cause(reference, "operator", Response.REVOKE);
        List<Outcome> outcomes = new ArrayList<>();
        Outcome lifted = steps.run(Revocation.restoreRole(roleArn), aws, mode, cause);
        outcomes.add(lifted);
        List<Revoked> standing = sessions.revocations().all().stream()
                .filter(revoked -> revoked.session().roleArn().equals(roleArn))
                .toList();
        outcomes.addAll(restore(reachedFrom(roleArn), false, mode, reference));
        if (mode == Mode.ENFORCE && lifted.contained()) {
            standing.stream().filter(revoked -> revoked.session().isEveryone()).forEach(sessions.revocations()::forget);
        }
        standing.stream()
                .filter(revoked -> !revoked.session().isEveryone())
                .map(revoked -> Revocation.heal(revoked, editable, clock.instant()))
                .forEach(plan -> {
                    if (plan instanceof Plan.Steps(List<Step<?>> planned)) {
                        outcomes.add(steps.run(planned.getFirst(), aws, mode, cause));
                    }
                });
        return outcomes;
    }

    private List<Revoked> reachedFrom(String roleArn) {
        String root = AgentSession.everyoneOn(roleArn).id();
        return sessions.revocations().all().stream()
                .filter(revoked -> revoked.root().equals(root))
                .filter(revoked -> !revoked.session().isEveryone())
                .toList();
    }

    private void keep(Order order, AgentSession session, List<Revoked> standing, Instant now) {
        if (order.mode() == Mode.ENFORCE && held(session, standing, now).isEmpty()) {
            sessions.revocations().keep(revoked(order, session, now));
        }
    }

    private Outcome deny(Order order, AgentSession session, List<Revoked> standing, Instant now) {
        // One that cannot be denied is kept too: who reaches on from it can be.
        keep(order, session, standing, now);
        return switch (Revocation.revoke(session, editable, now)) {
            case Plan.Refused(String why) ->
                refused(order, "deny session " + session.name() + " everything", why, null);
            case Plan.Steps(List<Step<?>> planned) -> steps.run(planned.getFirst(), aws, order.mode(), cause(order));
        };
    }

    /** Cuts off what the sessions created and what would let somebody in without them. */
    private List<Outcome> cut(Order order, List<AgentSession> lineage) {
        List<Outliving> made = lineage.stream()
                .map(AgentSession::id)
                .distinct()
                .flatMap(id -> sessions.timeline().created(id).stream())
                .distinct()
                .toList();
        List<DeactivatedKey> keys = keys(made);
        AgentSession first = order.session();
        if (order.mode() == Mode.ENFORCE && !keys.isEmpty()) {
            // Read anew: it may have been confirmed meanwhile.
            held(first, sessions.revocations().all(), Instant.MIN)
                    .ifPresent(held -> sessions.revocations().keep(held.with(keys)));
        }
        List<Outcome> outcomes = new ArrayList<>();
        keys.forEach(
                key -> outcomes.add(steps.run(Revocation.deactivate(key, first), aws, order.mode(), cause(order))));
        made.stream()
                .filter(thing -> thing.kind() != Outliving.Kind.ACCESS_KEY)
                .forEach(thing -> outcomes.add(refused(
                        order,
                        "cut off the " + thing.words() + ", which the session created",
                        "it outlives the session and is left for a person to judge",
                        thing.command())));
        return outcomes;
    }

    /** The access keys among what was created. */
    static List<DeactivatedKey> keys(List<Outliving> made) {
        return made.stream()
                .filter(thing -> thing.kind() == Outliving.Kind.ACCESS_KEY)
                .map(thing -> new DeactivatedKey(thing.name(), String.valueOf(thing.keyId())))
                .toList();
    }

    /** The revocation that a session is under, unless its cut-off has passed. */
    private static Optional<Revoked> held(AgentSession session, List<Revoked> standing, Instant now) {
        return standing.stream()
                .filter(revoked -> revoked.covers(session) && revoked.cutOff().isAfter(now))
                .findFirst();
    }

    private static Revoked revoked(Order order, AgentSession session, Instant now) {
        return new Revoked(
                session,
                order.root(),
                now,
                Revocation.cutOff(now),
                order.calledAt(),
                order.reason(),
                order.operator(),
                null,
                List.of());
    }

    private static Outcome refused(Order order, String step, String why, @Nullable String command) {
        return Outcome.unchanged(Status.REFUSED, order.eventId(), order.rule(), Response.REVOKE, step, why, command);
    }

    private static Cause cause(Order order) {
        return new Cause(order.eventId(), order.rule(), Response.REVOKE);
    }
}
