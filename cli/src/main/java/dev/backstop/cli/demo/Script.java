package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The day that is played: EventBridge events in the order of their times, shifted so that the last call is made now.
 *
 * @param world what exists before, in the script's own names
 */
record Script(String name, List<JsonNode> events, JsonNode world) {
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    /**
     * Reads {@code NAME.jsonl} and {@code NAME.world.json}.
     *
     * @throws BadInputException when one of them is missing or cannot be read
     */
    static Script read(Path folder, String name, Instant end) {
        Path day = folder.resolve(name + ".jsonl");
        Path before = folder.resolve(name + ".world.json");
        List<JsonNode> recorded =
                lines(day).stream().map(line -> parse(line, day)).toList();
        if (recorded.isEmpty()) {
            throw new BadInputException(day.toString(), "events", "is empty: there is nothing to play");
        }
        Duration shift = Duration.between(time(recorded.getLast()), end.truncatedTo(ChronoUnit.SECONDS));
        List<JsonNode> shifted =
                recorded.stream().map(event -> shifted(event, shift)).toList();
        return new Script(name, shifted, parse(String.join("\n", lines(before)), before));
    }

    static Instant time(JsonNode event) {
        return record(event).eventTime();
    }

    static CloudTrailRecord record(JsonNode event) {
        return CloudTrailRecord.of(
                event.path("detail"), "event " + event.path("id").asText());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new BadInputException(
                    file.toString(), "demo", "cannot be read: the demo plays the sessions of a checkout of Backstop");
        }
    }

    private static JsonNode parse(String json, Path file) {
        try {
            return Json.read(json);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file.toString(), "demo", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode shifted(JsonNode node, Duration shift) {
        return mapText(
                node,
                text -> INSTANT.matcher(text).matches()
                        ? Instant.parse(text).plus(shift).toString()
                        : text);
    }

    private static JsonNode mapText(JsonNode node, Function<String, String> change) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(field -> copy.set(field.getKey(), mapText(field.getValue(), change)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            array.forEach(item -> copy.add(mapText(item, change)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(change.apply(node.asText())) : node;
    }
}
