package dev.backstop.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper, and the few readings of a tree that records need everywhere. */
public final class Json {
    public static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Compact JSON. */
    public static String write(JsonNode node) {
        return node.toString();
    }

    /**
     * Parses JSON that Backstop or AWS wrote itself.
     *
     * @throws IllegalArgumentException when it is not JSON
     */
    public static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The text at {@code field}, or null where it is missing, null or not a scalar. */
    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /**
     * The text at {@code field}.
     *
     * @throws BadInputException when it is missing, empty or not a scalar
     */
    public static String required(JsonNode node, String field, String where) {
        String value = text(node, field);
        if (value == null || value.isEmpty()) {
            throw new BadInputException(where, field, "is missing");
        }
        return value;
    }

    /**
     * The instant at {@code field}, or null where it is missing or null.
     *
     * @throws BadInputException when it is not an ISO 8601 instant
     */
    public static @Nullable Instant instant(JsonNode node, String field, String where) {
        String value = text(node, field);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new BadInputException(where, field, "is not an ISO 8601 instant: " + value);
        }
    }

    /**
     * Every scalar that a dotted path reaches, arrays entered as an EventBridge pattern enters them:
     * {@code requestParameters.instancesSet.items.instanceId}.
     */
    public static List<String> values(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        collect(node, path.split("\\."), 0, found);
        return List.copyOf(found);
    }

    /** What may be one object, a list of them, or an empty object where CloudTrail means an empty list. */
    public static List<JsonNode> items(JsonNode node) {
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(items::add);
            return List.copyOf(items);
        }
        return node.isObject() && !node.isEmpty() ? List.of(node) : List.of();
    }

    private static void collect(JsonNode node, String[] path, int depth, List<String> found) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, path, depth, found));
        } else if (depth < path.length) {
            collect(node.path(path[depth]), path, depth + 1, found);
        } else if (node.isValueNode() && !node.isNull()) {
            found.add(node.asText());
        }
    }
}
