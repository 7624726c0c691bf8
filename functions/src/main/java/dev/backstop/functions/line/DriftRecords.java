package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import java.time.Instant;
import java.util.List;

/** What was found by looking, as a record, so that it goes the way of every finding. */
final class DriftRecords {
    private DriftRecords() {}

    /** How a resource differs from what was approved, with the calls that would have made it so. */
    static CloudTrailRecord drift(
            String id,
            Instant at,
            Resource resource,
            JsonNode caller,
            List<String> differences,
            List<ObjectNode> calls) {
        ObjectNode request = Json.object().put("resourceId", resource.id());
        request.set("differences", Json.MAPPER.valueToTree(differences));
        request.set("calls", Json.MAPPER.valueToTree(calls));
        return of(id, at, resource, caller, call("config.amazonaws.com", "Drift", request));
    }

    /** A call that would have made the resource what it is. */
    static ObjectNode call(String source, String name, ObjectNode request) {
        ObjectNode call = Json.object().put("eventSource", source).put("eventName", name);
        call.set("requestParameters", request);
        return call;
    }

    /** @param caller CloudTrail's element of whoever is known to have changed it; an empty one where nobody is */
    static CloudTrailRecord of(String id, Instant at, Resource resource, JsonNode caller, ObjectNode call) {
        ObjectNode json = call.deepCopy();
        json.put("eventID", id);
        json.put("eventTime", at.toString());
        json.put("awsRegion", resource.region());
        json.put("recipientAccountId", resource.account());
        json.set("userIdentity", caller.isEmpty() ? Json.object().put("type", "unknown") : caller);
        return CloudTrailRecord.of(json, "drift");
    }
}
