package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads typed values of a rule file by dotted key; what is missing or of the wrong type is an error. */
final class RuleKeys {
    private static final Set<String> KNOWN = Set.of(
            "id",
            "title",
            "said",
            "why",
            "category",
            "severity",
            "response",
            "remediation",
            "resource",
            "pattern",
            "window",
            "readOnly",
            "references",
            "falsePositives");
    private static final Set<String> OF_RESOURCE = Set.of("type", "id");
    private static final Set<String> OF_WINDOW =
            Set.of("within", "calls", "services", "actions", "regions", "dollarsAnHour", "sparesOwn");

    private final JsonNode yaml;
    private final String file;

    RuleKeys(JsonNode yaml, String file) {
        this.yaml = yaml;
        this.file = file;
    }

    boolean has(String key) {
        return yaml.has(key);
    }

    String text(String key) {
        JsonNode value = at(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(key, "is missing: expected a string");
        }
        return value.asText();
    }

    /** Text that goes through an EventBridge input template, where angle brackets mean variables. */
    String line(String key) {
        String value = text(key).strip().replaceAll("\\s+", " ");
        if (value.matches(".*[<>].*")) {
            throw wrong(key, "may not contain < or >, which mean variables in EventBridge's input templates");
        }
        return value;
    }

    /** A list that is not empty. */
    List<String> strings(String key) {
        JsonNode value = at(key);
        List<String> found = new ArrayList<>();
        value.forEach(item -> found.add(item.asText()));
        if (!value.isArray() || found.isEmpty() || found.stream().anyMatch(String::isBlank)) {
            throw wrong(key, "is missing: expected a list of strings");
        }
        return found;
    }

    ObjectNode object(String key, String meaning) {
        if (at(key) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(key, "is missing: expected " + meaning);
    }

    /** A whole number that is not negative; 0 where there is none. */
    int number(String key) {
        JsonNode value = at(key);
        if (!value.isMissingNode() && !(value.isInt() && value.asInt() > 0)) {
            throw wrong(key, "expected a whole number above 0, not " + value);
        }
        return value.asInt();
    }

    /** A span such as {@code 90s}, {@code 5m} or {@code 12h}. */
    Duration span(String key) {
        String text = text(key);
        if (!text.matches("[1-9]\\d{0,5}[smh]")) {
            throw wrong(key, "expected a span such as 90s, 5m or 12h, not " + text);
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    boolean flag(String key) {
        JsonNode value = at(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(key, "expected true or false");
        }
        return value.asBoolean();
    }

    <E extends Enum<E>> E choice(String key, String word, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key, "expected one of " + Arrays.toString(choices).toLowerCase(Locale.ROOT) + ", not " + word));
    }

    void refuseUnknown() {
        refuseUnknown(yaml, KNOWN, "");
        refuseUnknown(yaml.path("resource"), OF_RESOURCE, "resource.");
        refuseUnknown(yaml.path("window"), OF_WINDOW, "window.");
    }

    BadInputException wrong(String key, String remedy) {
        return new BadInputException(file, key, remedy);
    }

    private void refuseUnknown(JsonNode node, Set<String> known, String prefix) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw wrong(prefix + key, "is not a key of a rule");
            }
        });
    }

    private JsonNode at(String key) {
        return yaml.at("/" + key.replace('.', '/'));
    }
}
