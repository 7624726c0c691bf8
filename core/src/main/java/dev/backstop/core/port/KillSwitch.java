package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stops one session: the door to the only writer of IAM. */
public interface KillSwitch {
    /**
     * Denies the session, and every session that descends from it, everything, and switches off the access keys it made;
     * one outcome a session or thing, the session itself first. Errors of IAM come back as outcomes; only a broken line
     * escapes.
     */
    List<Outcome> revoke(Order order);

    /**
     * Who is to be stopped and why.
     *
     * @param root the id of the session whose kill this one belongs to; its own unless it descends from another
     * @param eventId the event that led to it, or the operator's own reference
     * @param calledAt when the call was made that led to it; null when an operator asks
     * @param rule the rule that asks for it, or {@code operator}
     * @param operator who asks, as claimed
     */
    record Order(
            AgentSession session,
            String root,
            Mode mode,
            String eventId,
            @Nullable Instant calledAt,
            String rule,
            String reason,
            String operator) {
        public ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.set("session", session.toJson());
            json.put("root", root);
            json.put("mode", mode.word());
            json.put("eventId", eventId);
            json.put("calledAt", calledAt == null ? null : calledAt.toString());
            json.put("rule", rule);
            json.put("reason", reason);
            json.put("operator", operator);
            return json;
        }

        /**
         * Reads what {@link #toJson} wrote.
         *
         * @throws BadInputException when a field is missing or wrong
         */
        public static Order of(JsonNode json, String where) {
            return new Order(
                    AgentSession.of(json.path("session"), where),
                    Json.required(json, "root", where),
                    Mode.of(Json.required(json, "mode", where), where),
                    Json.required(json, "eventId", where),
                    Json.instant(json, "calledAt", where),
                    Json.required(json, "rule", where),
                    Json.required(json, "reason", where),
                    Json.required(json, "operator", where));
        }
    }
}
