package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import java.util.List;

/** Undoes what a call did to IAM: the other door to the only writer of IAM. */
public interface IamReverts {
    /**
     * Plans anew, from the finding alone, and applies: whoever asks hands over no policy and no step. One outcome a step;
     * errors of IAM come back as outcomes, only a broken line escapes.
     */
    List<Outcome> revert(Request request);

    /** What is to be undone. */
    record Request(Finding finding, Mode mode) {
        /** Whether a payload is one of these rather than another order to the same function. */
        public static boolean isOne(JsonNode payload) {
            return payload.path("event").isObject();
        }

        public ObjectNode toJson() {
            ObjectNode json = Detection.payload(finding.rule(), EventEnvelope.around(finding.record()));
            json.set("session", finding.session().toJson());
            json.put("mode", mode.word());
            return json;
        }

        /**
         * Reads what {@link #toJson} wrote.
         *
         * @throws dev.backstop.core.BadInputException when a field is missing or wrong
         */
        public static Request of(JsonNode json, String where) {
            Detection detection = Detection.of(json, where);
            AgentSession session = AgentSession.of(json.path("session"), where);
            Finding finding = new Finding(detection.rule(), detection.record(), session);
            return new Request(finding, Mode.of(Json.required(json, "mode", where), where));
        }
    }
}
