package dev.backstop.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Crossing;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.WindowRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What some sessions did, as a test of rules with a window: one EventBridge event or record a line. A line {@code {"repeat":
 * 600, "everyMillis": 100, "event": …}} stands for so many of them, each with an id and a time of its own.
 */
public record WindowCase(List<JsonNode> events) {
    private static final String REPEAT = "repeat";
    private static final int MOST = 100_000;

    public WindowCase {
        events = List.copyOf(events);
    }

    /**
     * Reads a file.
     *
     * @throws BadInputException naming the line that cannot be used
     */
    public static WindowCase of(Path file) {
        List<JsonNode> events = new ArrayList<>();
        int line = 0;
        try {
            for (String text : Files.readAllLines(file)) {
                line++;
                if (!text.isBlank()) {
                    events.addAll(events(Json.MAPPER.readTree(text), file + ", line " + line));
                }
            }
        } catch (JsonProcessingException e) {
            throw new BadInputException(file.toString(), "line " + line, "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadInputException(file.toString(), "file", "cannot be read: " + e.getMessage());
        }
        return new WindowCase(events);
    }

    /** What the sessions crossed, in the order of sessions, rules and time. */
    public List<Crossing> crossings(WindowBook book, AgentSelector agents) {
        Map<String, List<TimelineEntry>> bySession = new TreeMap<>();
        for (JsonNode event : events) {
            CloudTrailRecord record = CloudTrailRecord.of(event.path("detail"), "event");
            bySession
                    .computeIfAbsent(agents.session(record).id(), _ -> new ArrayList<>())
                    .add(TimelineEntry.of(record).counting(book.counting(event)));
        }
        List<Crossing> crossings = new ArrayList<>();
        for (List<TimelineEntry> entries : bySession.values()) {
            entries.sort(Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id));
            Set<Thing> all = entries.stream()
                    .flatMap(entry -> TimelineEntry.made(entry).stream())
                    .collect(Collectors.toSet());
            Map<Thing, Instant> own = TimelineEntry.made(entries, all);
            for (WindowRule rule : book.rules()) {
                crossings.addAll(rule.crossings(entries, own));
            }
        }
        return crossings;
    }

    private static List<JsonNode> events(JsonNode json, String where) {
        if (!json.has(REPEAT)) {
            return List.of(event(json, where));
        }
        int times = json.path(REPEAT).asInt();
        if (times < 1 || times > MOST) {
            throw new BadInputException(where, REPEAT, "expected a number from 1 to " + MOST);
        }
        JsonNode first = event(json.path("event"), where);
        long everyMillis = json.path("everyMillis").asLong();
        List<JsonNode> events = new ArrayList<>(List.of(first));
        for (int i = 1; i < times; i++) {
            events.add(later(first, i, everyMillis));
        }
        return events;
    }

    private static JsonNode event(JsonNode json, String where) {
        if (!EventEnvelope.isEnvelope(json)) {
            return EventEnvelope.around(CloudTrailRecord.of(json, where));
        }
        CloudTrailRecord.of(json.path("detail"), where);
        return json;
    }

    private static JsonNode later(JsonNode event, int number, long everyMillis) {
        ObjectNode copy = event.deepCopy();
        ObjectNode detail = (ObjectNode) copy.path("detail");
        Instant first = Instant.parse(detail.path("eventTime").asText());
        detail.put("eventTime", first.plusMillis(number * everyMillis).toString());
        detail.put("eventID", detail.path("eventID").asText() + "-" + number);
        return copy;
    }
}
