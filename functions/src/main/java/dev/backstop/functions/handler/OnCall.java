package dev.backstop.functions.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.functions.line.Revoker;
import java.util.List;
import java.util.UUID;

/**
 * What a person asks of the kill switch: {@code {"session": "sess_…", "reason": "…", "operator": "…"}}. The operator is
 * kept as claimed: a function that is invoked directly does not learn its caller, CloudTrail does.
 */
final class OnCall {
    private static final String WHERE = "input";

    private final Revoker revoker;
    private final SessionRegistry sessions;
    private final EventBus bus;

    OnCall(Revoker revoker, SessionRegistry sessions, EventBus bus) {
        this.revoker = revoker;
        this.sessions = sessions;
        this.bus = bus;
    }

    /** An order of the respond function: that one has looked the session up, and tells the bus itself. */
    Outcome obey(JsonNode order) {
        return revoker.revoke(Order.of(order, WHERE));
    }

    /** Stops every role session known under a session id. */
    List<Outcome> revoke(JsonNode request) {
        String id = Json.required(request, "session", WHERE);
        String reason = Json.required(request, "reason", WHERE);
        String operator = Json.required(request, "operator", WHERE);
        List<AgentSession> found = sessions.withId(id);
        if (found.isEmpty()) {
            throw new BadInputException(
                    WHERE,
                    "session",
                    "no session " + id + " is known: take the id from an alert, or deny its role by hand");
        }
        String reference = reference();
        return told(
                id,
                found.stream()
                        .map(session -> new Order(session, Mode.ENFORCE, reference, "operator", reason, operator))
                        .map(revoker::revoke)
                        .toList());
    }

    /** Lets a session go on. */
    List<Outcome> restore(JsonNode request) {
        String id = Json.required(request, "session", WHERE);
        Json.required(request, "reason", WHERE);
        Json.required(request, "operator", WHERE);
        List<Outcome> outcomes = revoker.restore(id, reference());
        if (outcomes.isEmpty()) {
            throw new BadInputException(WHERE, "session", "nothing of session " + id + " is revoked");
        }
        return told(id, outcomes);
    }

    private List<Outcome> told(String sessionId, List<Outcome> outcomes) {
        bus.put(outcomes.stream()
                .map(outcome ->
                        new EventBus.Event("Backstop Outcome", outcome.toJson().put("session", sessionId)))
                .toList());
        return outcomes;
    }

    private static String reference() {
        return "operator-" + UUID.randomUUID();
    }
}
