package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import java.time.Instant;

/**
 * The state of one resource that a person has approved: what differs from it is drift.
 *
 * @param configuration in the shape of {@link dev.backstop.core.PriorState}
 * @param at when it was approved
 * @param by who approved it: an ARN, or what they called themselves
 * @param reason in their words
 */
public record Approval(Resource resource, ObjectNode configuration, Instant at, String by, String reason) {
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("type", resource.type());
        json.put("id", resource.id());
        json.put("region", resource.region());
        json.put("account", resource.account());
        json.put("at", at.toString());
        json.put("by", by);
        json.put("reason", reason);
        json.set("configuration", configuration);
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws BadInputException when a field is missing or wrong
     */
    public static Approval of(JsonNode json, String where) {
        Instant at = Json.instant(json, "at", where);
        if (at == null || !(json.path("configuration") instanceof ObjectNode configuration)) {
            throw new BadInputException(where, at == null ? "at" : "configuration", "is missing");
        }
        Resource resource = new Resource(
                Json.required(json, "type", where),
                Json.required(json, "id", where),
                Json.required(json, "region", where),
                Json.required(json, "account", where));
        return new Approval(
                resource, configuration, at, Json.required(json, "by", where), Json.required(json, "reason", where));
    }
}
