package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.Asked.Whom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a person asks of the kill switch: {@code {"session": …, "reason": …, "operator": …}}, with {@code "dryRun": true} to
 * see what would be done. The session may be given as anything that {@link SessionLookup} knows. The operator is kept as
 * claimed: a function that is invoked directly does not learn its caller, CloudTrail does.
 */
public final class OnCall {
    private final Revoker revoker;
    private final Sessions sessions;
    private final SessionLookup lookup;
    private final Presumption presumption;
    private final RevokedLookup denied;
    private final Notice notice;

    public OnCall(
            Revoker revoker,
            Sessions sessions,
            SessionLookup lookup,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock) {
        this(revoker, sessions, lookup, alerts, bus, clock, Presumption.NONE);
    }

    /** @param presumption who else may be meant where nothing was seen of a session */
    public OnCall(
            Revoker revoker,
            Sessions sessions,
            SessionLookup lookup,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock,
            Presumption presumption) {
        this.revoker = revoker;
        this.sessions = sessions;
        this.lookup = lookup;
        this.presumption = presumption;
        this.denied = new RevokedLookup(sessions, lookup, presumption, clock);
        this.notice = new Notice(sessions.timeline(), alerts, bus, clock);
    }

    /**
     * Stops the sessions that are meant, and all that descend from them; with {@code "role": …, "all": true, "confirm":
     * true} instead of a session, every session of that role, and those that they assumed in other roles.
     *
     * @throws BadInputException when something is missing, or it is not clear who is meant
     */
    public List<Outcome> revoke(JsonNode request) {
        Asked asked = Asked.of(request);
        return switch (asked.whom()) {
            case Whom.Session(String text) -> revoke(text, asked);
            case Whom.Role(String name) -> {
                AgentSession everybody = lookup.everybodyOn(name);
                List<Outcome> outcomes = revoker.revokeRole(order(everybody, asked));
                yield notice.of(GuardRules.OPERATOR_REVOKED, asked, everybody, outcomes);
            }
            case Whom.Everybody() ->
                throw new BadInputException(Asked.WHERE, "session", "is missing: nobody can stop everybody at once");
        };
    }

    /**
     * Lets a session, and all that was stopped with it, go on; with {@code "keys": true} the access keys that were set
     * inactive work again too; with {@code "all": true} instead of a session, everything that is revoked.
     *
     * @throws BadInputException when something is missing, or nothing of that session is revoked
     */
    public List<Outcome> restore(JsonNode request) {
        Asked asked = Asked.of(request);
        return switch (asked.whom()) {
            case Whom.Session(String text) -> lift(denied.of(text, asked.keys()), asked);
            case Whom.Role(String name) -> {
                AgentSession everybody = lookup.everybodyOn(name);
                List<Outcome> outcomes = revoker.restoreRole(everybody.roleArn(), asked.mode(), asked.reference());
                yield notice.of(GuardRules.OPERATOR_RESTORED, asked, everybody, outcomes);
            }
            case Whom.Everybody() ->
                sessions.revocations().all().stream()
                        // No session goes on while its whole role is denied.
                        .sorted(Comparator.comparing(
                                revoked -> !revoked.session().isEveryone()))
                        .collect(Collectors.groupingBy(Revoked::root, LinkedHashMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .flatMap(revoked -> lift(revoked, asked).stream())
                        .toList();
        };
    }

    private List<Outcome> revoke(String text, Asked asked) {
        List<AgentSession> found = lookup.find(text);
        if (found.isEmpty()) {
            found = presumption.of(text);
        }
        if (found.isEmpty()) {
            throw lookup.unknown(text);
        }
        // Sessions of one name share a deny, and of one lineage a descendant: each is said once.
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (AgentSession session : found) {
            revoker.revoke(order(session, asked)).forEach(outcome -> outcomes.putIfAbsent(outcome.step(), outcome));
        }
        return notice.of(GuardRules.OPERATOR_REVOKED, asked, found.getFirst(), List.copyOf(outcomes.values()));
    }

    private List<Outcome> lift(List<Revoked> revoked, Asked asked) {
        List<Outcome> outcomes = revoker.restore(revoked, asked.keys(), asked.mode(), asked.reference());
        return notice.of(GuardRules.OPERATOR_RESTORED, asked, revoked.getFirst().session(), outcomes);
    }

    private static Order order(AgentSession session, Asked asked) {
        return new Order(
                session,
                session.id(),
                asked.mode(),
                asked.reference(),
                null,
                "operator",
                asked.reason(),
                asked.operator());
    }
}
