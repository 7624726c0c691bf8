package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events that a rule is held to. */
final class TestEvents {
    static final Path ROOT = Path.of(System.getProperty("backstop.root"), "test-events");

    private TestEvents() {}

    /** Those that the rule must match. */
    static List<Path> matches(RuleDefinition rule) {
        return files(ROOT.resolve(rule.id()).resolve("matches"));
    }

    /** Those that look alike, and that it must not match. */
    static List<Path> ignores(RuleDefinition rule) {
        return files(ROOT.resolve(rule.id()).resolve("ignores"));
    }

    static JsonNode read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The events of a case of a rule with a window, one a line. A line {@code {"repeat": 600, "everyMillis": 100, "event":
     * …}} stands for so many of them, each with an id and a time of its own.
     */
    static List<JsonNode> readCase(Path file) {
        List<JsonNode> events = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode json = Json.read(line);
                for (int i = 0; i < json.path("repeat").asInt(1); i++) {
                    JsonNode event = json.path("event").isObject() ? json.path("event") : json;
                    events.add(
                            i == 0
                                    ? event
                                    : later(event, i, json.path("everyMillis").asLong()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static JsonNode later(JsonNode event, int number, long everyMillis) {
        ObjectNode copy = event.deepCopy();
        ObjectNode detail = (ObjectNode) copy.path("detail");
        Instant first = Instant.parse(detail.path("eventTime").asText());
        detail.put("eventTime", first.plusMillis(number * everyMillis).toString());
        detail.put("eventID", detail.path("eventID").asText() + "-" + number);
        return copy;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
