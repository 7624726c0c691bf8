package dev.backstop.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Category;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Window;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule file being read: every mistake in it is an error that names file and key. */
final class RuleFile {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final RuleKeys keys;
    private final String file;

    private RuleFile(RuleKeys keys, String file) {
        this.keys = keys;
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
            throw new BadInputException(file, "line " + line(e), "is not YAML: " + e.getOriginalMessage());
        }
        if (!yaml.isObject()) {
            throw new BadInputException(file, "top level", "expected the keys of one rule");
        }
        return new RuleFile(new RuleKeys(yaml, file), file).definition(remediations);
    }

    private RuleDefinition definition(Set<String> remediations) {
        keys.refuseUnknown();
        String remediation = keys.has("remediation") ? keys.text("remediation") : null;
        List<String> choices = RemediationChoice.placeholders();
        if (remediation != null && !remediations.contains(remediation) && !choices.contains(remediation)) {
            throw keys.wrong(
                    "remediation",
                    "unknown: " + remediation + "; there are " + String.join(", ", remediations) + ", "
                            + String.join(", ", choices));
        }
        ObjectNode pattern = keys.object("pattern", "the EventBridge pattern, less the agent selector");
        Window window = keys.has("window") ? window() : null;
        requireAwsSource(pattern, window != null);
        RecordFields.unknownIn(pattern).ifPresent(key -> {
            throw keys.wrong("pattern.detail." + key, "is no field of a CloudTrail record, so nothing would match");
        });
        return new RuleDefinition(
                rule(remediation),
                pattern,
                keys.flag("readOnly"),
                window,
                keys.strings("references"),
                keys.strings("falsePositives"),
                file);
    }

    private Rule rule(@Nullable String remediation) {
        String id = keys.text("id");
        if (!file.endsWith(id + ".yaml")) {
            throw keys.wrong("id", id + " is not the name of its file, which is to be " + id + ".yaml");
        }
        Set<Response> responses = EnumSet.noneOf(Response.class);
        keys.strings("response").forEach(word -> responses.add(keys.choice("response", word, Response.values())));
        String title = keys.line("title");
        String said = keys.has("said") ? keys.line("said") : null;
        String why = keys.line("why");
        Category category = keys.choice("category", keys.text("category"), Category.values());
        Severity severity = keys.choice("severity", keys.text("severity"), Severity.values());
        var paths = keys.strings("resource.id");
        paths.stream().filter(path -> !RecordFields.isPath(path)).findFirst().ifPresent(path -> {
            throw keys.wrong("resource.id", path + " leads nowhere in a CloudTrail record");
        });
        String type = keys.text("resource.type");
        try {
            return new Rule(id, title, why, category, severity, responses, remediation, type, paths, said);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw keys.wrong(message.substring(0, message.indexOf(':')), message.substring(message.indexOf(':') + 2));
        }
    }

    private Window window() {
        keys.object("window", "within, and the limits that are reached in it");
        if (keys.has("remediation")) {
            throw keys.wrong("remediation", "undoes one call, and a window is of many: leave revert out");
        }
        if (keys.flag("readOnly")) {
            throw keys.wrong("readOnly", "goes without saying: a window sees every management call");
        }
        try {
            return new Window(
                    keys.span("window.within"),
                    keys.number("window.calls"),
                    keys.number("window.services"),
                    keys.number("window.actions"),
                    keys.number("window.regions"),
                    keys.number("window.dollarsAnHour"),
                    keys.flag("window.sparesOwn"));
        } catch (IllegalArgumentException e) {
            throw keys.wrong("window", String.valueOf(e.getMessage()));
        }
    }

    /**
     * PutEvents refuses these sources, so nobody in the account can forge an event that matches.
     *
     * @param any whether it may be any of them, by prefix
     */
    private void requireAwsSource(ObjectNode pattern, boolean any) {
        JsonNode source = pattern.path("source");
        boolean fine = source.isArray() && !source.isEmpty();
        for (JsonNode item : source) {
            String named = any && item.has("prefix") ? item.path("prefix").asText() : item.asText();
            fine &= named.startsWith("aws.");
        }
        if (!fine) {
            throw keys.wrong("pattern.source", "expected a list of AWS's own sources, such as [aws.ec2]");
        }
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "?" : String.valueOf(e.getLocation().getLineNr());
    }
}
