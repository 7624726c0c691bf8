package dev.backstop.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads typed values from a CDK context, where {@code -c key=value} makes everything a string. */
final class ContextReader {
    static final Set<String> KNOWN = Set.of(
            "agentRoles",
            "agentSourceIdentities",
            "agentSessionNames",
            "allowedTcpPorts",
            "allowedInstanceTypes",
            "allowedDatabaseClasses",
            "rulesDir",
            "launchedInstances",
            "instanceRestart",
            "createdUsers",
            "revertsPerHour",
            "stackChanges",
            "alertEmail",
            "trail",
            "regions",
            "config",
            "alias",
            "requireBoundary",
            "projects",
            "maintenance",
            "runbook",
            "routes",
            "slackWebhookSecret",
            "chatWorkspace",
            "chatChannel",
            "pagerDutySecret",
            "httpsEndpoint",
            "httpsSecret",
            "httpsHeader",
            "securityHub");

    /** Each is a branch of a rule's pattern, which EventBridge takes 2,048 characters of; five of five digits fit. */
    private static final int MOST_PORTS = 5;

    private final JsonNode context;
    private final String where;

    ContextReader(JsonNode context, String where) {
        if (!context.isObject()) {
            throw new BadInputException(where, "context", "expected a JSON object");
        }
        this.context = context;
        this.where = where;
    }

    String text(String key, String fallback) {
        JsonNode value = context.path(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isTextual()) {
            throw wrong(key, "expected a string, not " + value);
        }
        return value.asText();
    }

    /** A folder, beside the file that names it unless its path is absolute; null where none is named. */
    @Nullable
    Path folder(String key) {
        String value = text(key, "");
        if (value.isEmpty()) {
            return null;
        }
        try {
            Path folder = Path.of(where).resolveSibling(value);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw wrong(key, "is not a path: " + e.getReason());
        }
        throw wrong(key, "names a folder that is not there: " + value);
    }

    /** One word of a form; null where there is none. */
    @Nullable
    String word(String key, Form form) {
        String value = text(key, "");
        if (!value.isEmpty() && !form.isOf(value)) {
            throw wrong(key, form.expected(value));
        }
        return value.isEmpty() ? null : value;
    }

    /** An e-mail address, or nothing. */
    String email(String key) {
        String value = text(key, "");
        if (!value.isEmpty() && !value.matches("[^@\\s,;<>]+@[^@\\s,;<>.]+(\\.[^@\\s,;<>.]+)+")) {
            throw wrong(key, "expected one e-mail address, not " + value);
        }
        return value;
    }

    /** The address of a page, behind which {@code #} and a section can stand. */
    String page(String key, String fallback) {
        String value = text(key, "");
        if (!value.isEmpty() && !value.matches("https://[^\\s#\"]{1,400}")) {
            throw wrong(key, "expected an address that begins with https:// and has no # in it, not " + value);
        }
        return value.isEmpty() ? fallback : value;
    }

    boolean flag(String key, boolean fallback) {
        JsonNode value = context.path(key);
        return switch (value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString()) {
            case "" -> fallback;
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw wrong(key, "expected true or false, not " + value);
        };
    }

    /** A number from 1 to 1000. */
    int count(String key, int fallback) {
        JsonNode value = context.path(key);
        String word = value.isMissingNode() ? String.valueOf(fallback) : value.asText();
        if (!word.matches("[1-9]\\d{0,2}|1000")) {
            throw wrong(key, "expected a whole number from 1 to 1000, not " + value);
        }
        return Integer.parseInt(word);
    }

    <E extends Enum<E>> E oneOf(String key, E fallback) {
        String value = text(key, word(fallback));
        E[] choices = fallback.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        "expected one of "
                                + Arrays.stream(choices)
                                        .map(ContextReader::word)
                                        .toList() + ", not " + value));
    }

    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A list of words of one form: a JSON array, also as text, or one string with commas. */
    List<String> words(String key, Form form, List<String> fallback) {
        List<String> found = strings(key, fallback);
        found.stream().filter(word -> !form.isOf(word)).findFirst().ifPresent(word -> {
            throw wrong(key, form.expected(word));
        });
        return found;
    }

    /** A list of words that stands for a set: none unless configured. */
    List<String> distinctWords(String key, Form form) {
        List<String> found = words(key, form, List.of());
        Set<String> seen = new HashSet<>();
        for (String word : found) {
            if (!seen.add(word)) {
                throw wrong(key, "names " + word + " twice: once is enough");
            }
        }
        return found;
    }

    List<String> someWords(String key, Form form, List<String> fallback) {
        List<String> found = words(key, form, fallback);
        if (found.isEmpty()) {
            throw wrong(key, "an empty list would match nothing: name at least one, or leave the key out");
        }
        return found;
    }

    private List<String> strings(String key, List<String> fallback) {
        JsonNode value = list(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        List<String> found = new ArrayList<>();
        if (value.isTextual()) {
            Arrays.stream(value.asText().split(",")).map(String::strip).forEach(found::add);
            found.removeIf(String::isEmpty);
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                if (!item.isTextual() || item.asText().isBlank()) {
                    throw wrong(key, "expected a list of strings, not " + value);
                }
                found.add(item.asText());
            }
        } else {
            throw wrong(key, "expected a list of strings, not " + value);
        }
        return found;
    }

    List<Integer> ports(String key) {
        JsonNode value = list(key);
        List<String> words = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> words.add(item.asText()));
        } else if (value.isInt()) {
            words.add(value.asText());
        } else {
            words.addAll(strings(key, List.of()));
        }
        if (words.size() > MOST_PORTS) {
            throw wrong(
                    key,
                    "holds " + words.size() + " ports: " + MOST_PORTS + " at most, more do not fit into a pattern");
        }
        return words.stream().map(word -> port(key, word)).toList();
    }

    /** A JSON object, also as text; an empty one where the key is missing. */
    JsonNode object(String key) {
        JsonNode value = context.path(key);
        boolean text = value.isTextual() && value.asText().strip().startsWith("{");
        JsonNode found = text ? parsed(key, value.asText(), "object") : value;
        if (!found.isMissingNode() && !found.isObject()) {
            throw wrong(key, "expected a JSON object, not " + value);
        }
        return found;
    }

    /** An object or list, also as text, as {@code -c} makes of it; missing where there is none. */
    JsonNode structure(String key) {
        JsonNode value = context.path(key);
        if (!value.isTextual()) {
            return value;
        }
        try {
            return Json.MAPPER.readTree(value.asText());
        } catch (JsonProcessingException _) {
            throw wrong(key, "expected JSON, not " + value.asText());
        }
    }

    /** A typo must not silently change nothing. CDK's own keys hold a colon, a slash or an at sign. */
    void refuseUnknown() {
        context.fieldNames().forEachRemaining(key -> {
            boolean foreign = key.matches(".*[:/@].*")
                    || Set.of("cli-telemetry", "acknowledged-issue-numbers", "notices", "tree")
                            .contains(key);
            if (!KNOWN.contains(key) && !foreign) {
                throw wrong(key, "is not a key of Backstop; it knows " + String.join(", ", Configuration.keys()));
            }
        });
    }

    /** The value of a key; the list in it where {@code -c} made a JSON list a string. */
    private JsonNode list(String key) {
        JsonNode value = context.path(key);
        if (!value.isTextual() || !value.asText().strip().startsWith("[")) {
            return value;
        }
        return parsed(key, value.asText(), "list");
    }

    private JsonNode parsed(String key, String text, String kind) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            throw wrong(key, "begins like a JSON " + kind + " and is none: " + text);
        }
    }

    private int port(String key, String word) {
        if (word.matches("\\d{1,5}") && Integer.parseInt(word) <= 65_535) {
            return Integer.parseInt(word);
        }
        throw wrong(key, "expected TCP ports from 0 to 65535, not " + word);
    }

    BadInputException wrong(String key, String remedy) {
        return new BadInputException(where, "context." + key, remedy);
    }
}
