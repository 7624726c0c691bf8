package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import java.time.Instant;
import java.util.List;

/** Makes again what was reverted, when a person says that it was meant. */
public interface Remakes {
    /**
     * Makes it by the steps that were kept in the journal before each change was undone: whoever asks hands over no step. One
     * outcome a step; errors of AWS come back as outcomes, only a broken line escapes.
     */
    List<Outcome> remake(Order order);

    /**
     * What is to be made again.
     *
     * @param findings the keys of the findings whose changes may have been undone; see {@code Finding.key()}
     * @param reference what the person's doing is filed under
     * @param until when whoever asks has to have the answer: nothing is begun after
     */
    record Order(List<String> findings, Mode mode, String reference, Instant until) {
        private static final String FIELD = "again";

        public Order {
            findings = List.copyOf(findings);
        }

        /** Whether a payload is one of these rather than something else for the same function. */
        public static boolean isOne(JsonNode payload) {
            return payload.path(FIELD).isArray();
        }

        public ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.set(FIELD, Json.MAPPER.valueToTree(findings));
            json.put("mode", mode.word());
            json.put("reference", reference);
            json.put("until", until.toString());
            return json;
        }

        /**
         * Reads what {@link #toJson} wrote.
         *
         * @throws dev.backstop.core.BadInputException when a field is missing or wrong
         */
        public static Order of(JsonNode json, String where) {
            return new Order(
                    Json.values(json, FIELD),
                    Mode.of(Json.required(json, "mode", where), where),
                    Json.required(json, "reference", where),
                    until(json, where));
        }

        private static Instant until(JsonNode json, String where) {
            Instant until = Json.instant(json, "until", where);
            if (until == null) {
                throw new BadInputException(where, "until", "is missing");
            }
            return until;
        }
    }
}
