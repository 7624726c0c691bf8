package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag that a call set on a resource, read from whatever the service calls its parameters: with a call of its own, or
 * with the one that creates the resource. It names rather too many resources than too few.
 *
 * @param resource the id or name; of an ARN, what stands last
 * @param value null where the record does not show it
 */
public record SetTag(String resource, @Nullable String value) {
    private static final Pattern NAMES_A_RESOURCE =
            Pattern.compile("(?i).*(arn|arnlist|ids?|names?|identifier|resource)");
    private static final int LONGEST = 256;

    /** The settings of one tag that a successful call made; none where it did not set that tag. */
    public static List<SetTag> of(CloudTrailRecord record, String key) {
        List<@Nullable String> values = new ArrayList<>();
        if (record.errorCode() == null) {
            values(record.request(), key, values);
        }
        if (values.isEmpty()) {
            return List.of();
        }
        Set<String> resources = new LinkedHashSet<>();
        resources(record.request(), "", resources);
        resources(record.response(), "", resources);
        return resources.stream()
                .map(resource -> new SetTag(resource, values.getFirst()))
                .toList();
    }

    /** A list of keys and values, under any names, or a map. */
    private static void values(JsonNode node, String key, List<@Nullable String> found) {
        String value = null;
        boolean named = false;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (name.equals(key)) {
                found.add(field.getValue().asText());
            }
            named |= name.toLowerCase(Locale.ROOT).endsWith("key")
                    && key.equals(field.getValue().asText());
            if (name.toLowerCase(Locale.ROOT).endsWith("value")) {
                value = Json.text(node, name);
            }
        }
        if (named) {
            found.add(value);
        }
        node.forEach(child -> values(child, key, found));
    }

    private static void resources(JsonNode node, String name, Set<String> found) {
        if (node.isTextual()
                && NAMES_A_RESOURCE.matcher(name).matches()
                && node.asText().length() <= LONGEST) {
            String text = node.asText();
            found.add(text.startsWith("arn:") ? text.replaceAll(".*[:/]", "") : text);
        }
        if (node.isArray()) {
            node.forEach(item -> resources(item, name, found));
        }
        node.properties().forEach(field -> resources(field.getValue(), field.getKey(), found));
    }
}
