package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One look at a security group or an instance. Its parts are what can be told apart when only one of them changes: a
 * group's rules by their ids, an instance's attributes by their names.
 *
 * @param from when reading began: the state is that of a moment between then and {@code to}
 * @param configuration what was read, in the shape of {@link dev.backstop.core.PriorState}; what is missing was not read
 */
public record Capture(Instant from, Instant to, ObjectNode configuration) {
    static final String RULES = "securityGroupRules";

    /** The fields that were read, in a fixed order. */
    public List<String> fields() {
        List<String> names = new ArrayList<>();
        configuration.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        return List.copyOf(names);
    }

    boolean ofGroup() {
        return configuration.has(RULES);
    }

    /** Whether the look was at a part: one that is not there was looked for in a group, which is read whole. */
    boolean covers(String part) {
        return ofGroup() || configuration.has(part);
    }

    Map<String, JsonNode> parts() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        if (ofGroup()) {
            for (JsonNode rule : Json.items(configuration.path(RULES))) {
                parts.put(rule.path("securityGroupRuleId").asText(), rule);
            }
        } else {
            configuration.properties().forEach(field -> parts.put(field.getKey(), field.getValue()));
        }
        return parts;
    }
}
