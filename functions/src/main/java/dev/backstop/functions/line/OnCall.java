package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.Trigger;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a person asks of the kill switch: {@code {"session": …, "reason": …, "operator": …}}, with {@code "dryRun": true} to
 * see what would be done. The session may be given as anything that {@link SessionLookup} knows. The operator is kept as
 * claimed: a function that is invoked directly does not learn its caller, CloudTrail does.
 */
public final class OnCall {
    private static final String WHERE = "input";

    private final Revoker revoker;
    private final Sessions sessions;
    private final SessionLookup lookup;
    private final AlertChannel alerts;
    private final EventBus bus;
    private final InstantSource clock;

    public OnCall(
            Revoker revoker,
            Sessions sessions,
            SessionLookup lookup,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock) {
        this.revoker = revoker;
        this.sessions = sessions;
        this.lookup = lookup;
        this.alerts = alerts;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Stops the sessions that are meant, and all that descend from them.
     *
     * @throws BadInputException when something is missing, or it is not clear who is meant
     */
    public List<Outcome> revoke(JsonNode request) {
        Asked asked = Asked.of(request);
        List<AgentSession> found = lookup.find(asked.session);
        if (found.isEmpty()) {
            throw lookup.unknown(asked.session);
        }
        // Sessions of one name share a deny, and of one lineage a descendant: each is said once.
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (AgentSession session : found) {
            revoker.revoke(order(session, asked)).forEach(outcome -> outcomes.putIfAbsent(outcome.step(), outcome));
        }
        return told(GuardRules.OPERATOR_REVOKED, asked, found.getFirst(), List.copyOf(outcomes.values()));
    }

    /**
     * Lets a session, and all that was stopped with it, go on; with {@code "keys": true} the access keys that were set
     * inactive work again too.
     *
     * @throws BadInputException when something is missing, or nothing of that session is revoked
     */
    public List<Outcome> restore(JsonNode request) {
        Asked asked = Asked.of(request);
        List<Revoked> revoked = sessions.revocations().under(asked.session);
        if (revoked.isEmpty()) {
            revoked = unrecorded(asked.session);
        }
        List<Outcome> outcomes =
                revoker.restore(revoked, request.path("keys").asBoolean(), asked.mode, asked.reference);
        return told(GuardRules.OPERATOR_RESTORED, asked, revoked.getFirst().session(), outcomes);
    }

    /** What is meant in other words than its id, or denied but not written down: a lost table must lock nobody out. */
    private List<Revoked> unrecorded(String text) {
        List<AgentSession> found = lookup.find(text);
        if (found.isEmpty()) {
            throw new BadInputException(WHERE, "session", notRevoked(text));
        }
        List<Revoked> recorded = found.stream()
                .flatMap(session -> sessions.revocations().under(session.id()).stream())
                .distinct()
                .toList();
        Instant now = clock.instant();
        return recorded.isEmpty()
                ? found.stream()
                        .map(session -> new Revoked(session, session.id(), now, now, null, "", "", null, List.of()))
                        .toList()
                : recorded;
    }

    private String notRevoked(String id) {
        List<String> ids = sessions.revocations().all().stream()
                .map(Revoked::root)
                .distinct()
                .toList();
        return "nothing of session " + id + " is revoked; " + (ids.isEmpty() ? "no session is" : "revoked are " + ids);
    }

    private List<Outcome> told(Rule rule, Asked asked, AgentSession session, List<Outcome> outcomes) {
        if (asked.mode == Mode.OBSERVE) {
            return outcomes;
        }
        Instant now = clock.instant();
        sessions.timeline()
                .keep(
                        session.id(),
                        outcomes.stream()
                                .map(outcome -> TimelineEntry.of(outcome, now))
                                .toList());
        String account = session.roleArn().split(":", 6)[4];
        Resource role = new Resource("AWS::IAM::Role", session.roleName(), "us-east-1", account);
        Trigger trigger = new Trigger(asked.reference, now, "backstop:" + rule.id(), account, "us-east-1");
        Rule because = GuardRules.because(rule, asked.operator, asked.reason);
        alerts.send(new Alert(because, trigger, session, role, Mode.ENFORCE, outcomes, now));
        bus.put(outcomes.stream()
                .map(outcome ->
                        new EventBus.Event("Backstop Outcome", outcome.toJson().put("session", session.id())))
                .toList());
        return outcomes;
    }

    private static Order order(AgentSession session, Asked asked) {
        return new Order(
                session, session.id(), asked.mode, asked.reference, null, "operator", asked.reason, asked.operator);
    }

    private record Asked(String session, String reason, String operator, Mode mode, String reference) {
        static Asked of(JsonNode request) {
            return new Asked(
                    Json.required(request, "session", WHERE),
                    Json.required(request, "reason", WHERE),
                    Json.required(request, "operator", WHERE),
                    request.path("dryRun").asBoolean() ? Mode.OBSERVE : Mode.ENFORCE,
                    "operator-" + UUID.randomUUID());
        }
    }
}
