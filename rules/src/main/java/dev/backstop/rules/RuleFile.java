package dev.backstop.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule file being read: every mistake in it is an error that names file and key. */
final class RuleFile {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "why",
            "severity",
            "response",
            "remediation",
            "resource",
            "pattern",
            "readOnly",
            "references",
            "falsePositives");

    private final JsonNode yaml;
    private final String file;

    private RuleFile(JsonNode yaml, String file) {
        this.yaml = yaml;
        this.file = file;
    }

    /**
     * Reads and checks one file.
     *
     * @param remediations the ids that the file may name
     * @throws BadInputException on the first mistake
     */
    static RuleDefinition read(InputStream content, String file, Set<String> remediations) throws IOException {
        JsonNode yaml;
        try {
            yaml = YAML.readTree(content);
        } catch (JsonProcessingException e) {
            throw new BadInputException(file, "line " + position(e), "is not YAML: " + e.getOriginalMessage());
        }
        if (!yaml.isObject()) {
            throw new BadInputException(file, "top level", "expected the keys of one rule");
        }
        return new RuleFile(yaml, file).definition(remediations);
    }

    private RuleDefinition definition(Set<String> remediations) {
        refuseUnknown(yaml, KEYS, "");
        refuseUnknown(yaml.path("resource"), Set.of("type", "id"), "resource.");
        String remediation = yaml.has("remediation") ? text("remediation") : null;
        if (remediation != null && !remediations.contains(remediation)) {
            throw wrong("remediation", "unknown: " + remediation + "; there are " + String.join(", ", remediations));
        }
        if (!yaml.path("pattern").isObject()) {
            throw wrong("pattern", "is missing: the EventBridge pattern, less the agent selector");
        }
        ObjectNode pattern = (ObjectNode) yaml.path("pattern");
        requireAwsSource(pattern);
        return new RuleDefinition(
                rule(remediation), pattern, readOnly(), strings("references"), strings("falsePositives"), file);
    }

    private Rule rule(@Nullable String remediation) {
        String id = text("id");
        if (!file.endsWith(id + ".yaml")) {
            throw wrong("id", id + " is not the name of its file");
        }
        String title = oneLine("title");
        String why = oneLine("why");
        Set<Response> responses = EnumSet.noneOf(Response.class);
        strings("response").forEach(word -> responses.add(choice("response", word, Response.values())));
        Severity severity = choice("severity", text("severity"), Severity.values());
        List<String> paths = strings("resource", "id");
        String type = text(yaml.path("resource"), "resource.", "type");
        try {
            return new Rule(id, title, why, severity, responses, remediation, type, paths);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw wrong(message.substring(0, message.indexOf(':')), message.substring(message.indexOf(':') + 2));
        }
    }

    /** PutEvents refuses these sources, so nobody in the account can forge an event that matches. */
    private void requireAwsSource(ObjectNode pattern) {
        JsonNode source = pattern.path("source");
        boolean fine = source.isArray() && !source.isEmpty();
        for (JsonNode item : source) {
            fine &= item.isTextual() && item.asText().startsWith("aws.");
        }
        if (!fine) {
            throw wrong("pattern.source", "expected a list of AWS's own sources, such as [aws.ec2]");
        }
    }

    private boolean readOnly() {
        JsonNode value = yaml.path("readOnly");
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong("readOnly", "expected true or false");
        }
        return value.asBoolean();
    }

    /** Text that goes through an EventBridge input template, where angle brackets mean variables. */
    private String oneLine(String key) {
        String value = text(key).strip().replaceAll("\\s+", " ");
        if (value.matches(".*[<>].*")) {
            throw wrong(key, "may not contain < or >, which mean variables in EventBridge's input templates");
        }
        return value;
    }

    private String text(String key) {
        return text(yaml, "", key);
    }

    private String text(JsonNode node, String prefix, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(prefix + key, "is missing: expected a string");
        }
        return value.asText();
    }

    private List<String> strings(String... path) {
        JsonNode value = yaml;
        for (String key : path) {
            value = value.path(key);
        }
        List<String> found = new ArrayList<>();
        value.forEach(item -> found.add(item.asText()));
        if (!value.isArray() || found.isEmpty() || found.stream().anyMatch(String::isBlank)) {
            throw wrong(String.join(".", path), "is missing: expected a list of strings");
        }
        return found;
    }

    private <E extends Enum<E>> E choice(String key, String word, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key, "expected one of " + Arrays.toString(choices).toLowerCase(Locale.ROOT) + ", not " + word));
    }

    private void refuseUnknown(JsonNode node, Set<String> known, String prefix) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw wrong(prefix + key, "is not a key of a rule");
            }
        });
    }

    private BadInputException wrong(String key, String remedy) {
        return new BadInputException(file, key, remedy);
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null ? "?" : String.valueOf(e.getLocation().getLineNr());
    }
}
