package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record that a rule's pattern matched: what EventBridge's input transformer hands to the respond function, {@code
 * {rule, title, why, category, severity, response, remediation, resource, event}}.
 */
public record Detection(Rule rule, CloudTrailRecord record) {
    /**
     * Reads a target's input.
     *
     * @throws BadInputException when a field is missing or wrong
     */
    public static Detection of(JsonNode payload, String where) {
        JsonNode event = payload.path("event");
        if (!event.isObject()) {
            throw new BadInputException(
                    where, "event", "is missing: expected what an EventBridge rule of Backstop sends to its target");
        }
        return new Detection(Rule.of(payload, where), CloudTrailRecord.of(event.path("detail"), where));
    }

    /** The target's input for a rule and an EventBridge event. */
    public static ObjectNode payload(Rule rule, JsonNode event) {
        ObjectNode payload = rule.toJson();
        payload.set("event", event);
        return payload;
    }
}
