package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that are revoked, each on its own role. Kept until restored, so there are few at any time. */
public interface Revocations {
    /** Keeps a revocation as it is given; again for the same session on the same role replaces it. */
    void keep(Revoked revoked);

    /** All that is revoked. */
    List<Revoked> all();

    /** Forgets a revocation that was lifted; one that is not kept is success. */
    void forget(Revoked revoked);

    /**
     * Writes down that the session was seen refused.
     *
     * @param revoked as it was read; one that was kept anew at another time, or forgotten, is not confirmed
     * @param at when the refused call was made
     * @return true for the one caller that wrote it down
     */
    boolean confirm(Revoked revoked, Instant at);

    /** What is revoked under a session's id, and what was revoked because that session was. */
    default List<Revoked> under(String idOrRoot) {
        return all().stream()
                .filter(revoked -> revoked.session().id().equals(idOrRoot)
                        || revoked.root().equals(idOrRoot))
                .toList();
    }

    /**
     * One session denied on one role.
     *
     * @param root the id of the session whose kill led to this one; its own unless it descends from another
     * @param at when the kill was decided
     * @param cutOff credentials issued from then on are not denied
     * @param calledAt when the call was made that led to the kill; null when none did
     * @param operator who asked, as claimed: {@code backstop} when a rule did
     * @param confirmedAt when the first refused call of the session was made; null when none was seen
     * @param keys the access keys that were set inactive with it
     */
    record Revoked(
            AgentSession session,
            String root,
            Instant at,
            Instant cutOff,
            @Nullable Instant calledAt,
            String reason,
            String operator,
            @Nullable Instant confirmedAt,
            List<DeactivatedKey> keys) {
        public Revoked {
            keys = List.copyOf(keys);
        }

        /** What tells it from all others: the session's. */
        public String key() {
            return session.key();
        }

        /** Whether a session is this one: its name on its role. */
        public boolean covers(AgentSession other) {
            return session.key().equals(other.key());
        }

        /** Whether a session's credentials were issued to this one. */
        public boolean bore(AgentSession child) {
            return session.accessKeyId() != null && session.accessKeyId().equals(child.parentAccessKeyId());
        }

        /** Whether a session has this one's id, where that id cannot be another's. */
        public boolean isAgain(AgentSession other) {
            return session.idIsItsOwn() && other.idIsItsOwn() && session.id().equals(other.id());
        }

        /** The same, seen refused. */
        public Revoked confirmed(Instant when) {
            return new Revoked(session, root, at, cutOff, calledAt, reason, operator, when, keys);
        }

        /** The same, with those keys set inactive. */
        public Revoked with(List<DeactivatedKey> deactivated) {
            return new Revoked(session, root, at, cutOff, calledAt, reason, operator, confirmedAt, deactivated);
        }

        public ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.set("session", session.toJson());
            json.put("root", root);
            json.put("at", at.toString());
            json.put("cutOff", cutOff.toString());
            json.put("calledAt", calledAt == null ? null : calledAt.toString());
            json.put("reason", reason);
            json.put("operator", operator);
            json.put("confirmedAt", confirmedAt == null ? null : confirmedAt.toString());
            ArrayNode deactivated = json.putArray("keys");
            keys.forEach(
                    key -> deactivated.addObject().put("userName", key.userName).put("accessKeyId", key.accessKeyId));
            return json;
        }

        /**
         * Reads what {@link #toJson} wrote.
         *
         * @throws BadInputException when a field is missing, or a time is not one
         */
        public static Revoked of(JsonNode json, String where) {
            return new Revoked(
                    AgentSession.of(json.path("session"), where),
                    Json.required(json, "root", where),
                    required(json, "at", where),
                    required(json, "cutOff", where),
                    Json.instant(json, "calledAt", where),
                    String.valueOf(Json.text(json, "reason")),
                    String.valueOf(Json.text(json, "operator")),
                    Json.instant(json, "confirmedAt", where),
                    Json.items(json.path("keys")).stream()
                            .map(key -> new DeactivatedKey(
                                    Json.required(key, "userName", where), Json.required(key, "accessKeyId", where)))
                            .toList());
        }

        private static Instant required(JsonNode json, String field, String where) {
            Instant value = Json.instant(json, field, where);
            if (value == null) {
                throw new BadInputException(where, field, "is missing");
            }
            return value;
        }
    }

    /** An access key of a user that the session had made, set inactive. */
    record DeactivatedKey(String userName, String accessKeyId) {}
}
