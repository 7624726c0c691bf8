package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a call besides what people read of it: ids and words, never the request.
 *
 * @param region where it acted
 * @param made what it created, under each of its names
 */
public record Marks(String region, Set<Thing> made) {
    public Marks {
        made = Set.copyOf(made);
    }

    static Marks of(CloudTrailRecord record) {
        return new Marks(record.region(), Thing.createdBy(record));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("region", region);
        if (!made.isEmpty()) {
            json.set(
                    "made",
                    Json.MAPPER.valueToTree(
                            made.stream().map(Thing::key).sorted().toList()));
        }
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    static Marks of(JsonNode json) {
        return new Marks(
                json.path("region").asText(),
                Json.values(json, "made").stream().map(Thing::new).collect(Collectors.toUnmodifiableSet()));
    }
}
