package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a call besides what people read of it: ids and words, never the request.
 *
 * @param region where it acted
 * @param made what it created, under each of its names
 * @param removed what it did away with, see {@link Thing#removedBy}
 * @param dollarsAnHour what it launched, see {@link PriceClass}
 * @param counts the ids of the rules in whose windows it counts
 */
public record Marks(
        String region, Set<Thing> made, List<Set<Thing>> removed, double dollarsAnHour, Set<String> counts) {
    public Marks {
        made = Set.copyOf(made);
        removed = List.copyOf(removed);
        counts = Set.copyOf(counts);
    }

    static Marks of(CloudTrailRecord record) {
        return new Marks(
                record.region(),
                Thing.createdBy(record),
                Thing.removedBy(record),
                PriceClass.dollarsAnHour(record),
                Set.of());
    }

    static Optional<Marks> of(TimelineEntry entry) {
        return Optional.ofNullable(entry.marks());
    }

    Marks counting(Set<String> rules) {
        return new Marks(region, made, removed, dollarsAnHour, rules);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("region", region);
        if (!made.isEmpty()) {
            made.stream().map(Thing::key).sorted().forEach(json.putArray("made")::add);
        }
        if (!removed.isEmpty()) {
            ArrayNode ways = json.putArray("removed");
            removed.forEach(things -> things.stream().map(Thing::key).sorted().forEach(ways.addArray()::add));
        }
        if (dollarsAnHour > 0) {
            json.put("dollarsAnHour", dollarsAnHour);
        }
        if (!counts.isEmpty()) {
            counts.stream().sorted().forEach(json.putArray("counts")::add);
        }
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    static Marks of(JsonNode json) {
        List<Set<Thing>> removed = new ArrayList<>();
        json.path("removed").forEach(way -> removed.add(things(way)));
        return new Marks(
                json.path("region").asText(),
                things(json.path("made")),
                removed,
                json.path("dollarsAnHour").asDouble(),
                Set.copyOf(Json.values(json, "counts")));
    }

    private static Set<Thing> things(JsonNode keys) {
        return keys.valueStream().map(key -> new Thing(key.asText())).collect(Collectors.toUnmodifiableSet());
    }
}
