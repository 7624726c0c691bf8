package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Leniency;
import dev.backstop.core.Leniency.Maintenance;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what configuration makes less of; what would soften more than somebody meant is an error. */
final class LeniencyReader {
    private static final String PROJECTS = "projects";
    private static final String MAINTENANCE = "maintenance";
    private static final Set<String> OF_WINDOW = Set.of("from", "to", "severity", "reason");

    private static final String EXAMPLE =
            "{\"from\": \"2026-12-05T20:00:00Z\", \"to\": \"2026-12-06T02:00:00Z\", \"reason\": \"moving the database\"}";

    /** Less would own half of what there is. */
    private static final int SHORTEST = 4;

    /** The function reads it from its environment, which holds 4 KB in all. */
    private static final int LONGEST = 2_000;

    private LeniencyReader() {}

    static Leniency read(ContextReader keys) {
        Leniency leniency = new Leniency(projects(keys), maintenance(keys));
        if (Json.write(leniency.toJson()).length() > LONGEST) {
            throw keys.wrong(
                    PROJECTS, "with maintenance it is longer than " + LONGEST + " characters: name fewer, or shorter");
        }
        return leniency;
    }

    private static Map<String, List<String>> projects(ContextReader keys) {
        JsonNode json = keys.structure(PROJECTS);
        if (!json.isMissingNode() && !json.isObject()) {
            throw keys.wrong(PROJECTS, "expected an object of lists, such as {\"checkout\": [\"checkout-\"]}");
        }
        Map<String, List<String>> projects = new TreeMap<>();
        json.properties().forEach(entry -> {
            if (entry.getKey().isBlank()) {
                throw keys.wrong(PROJECTS, "a project has a name, the one that the session tag project gives");
            }
            List<String> prefixes = new ArrayList<>();
            for (JsonNode prefix : entry.getValue()) {
                if (!prefix.isTextual()
                        || prefix.asText().length() < SHORTEST
                        || prefix.asText().contains("*")) {
                    throw wrong(keys, entry.getKey(), prefix);
                }
                prefixes.add(prefix.asText());
            }
            if (!entry.getValue().isArray() || prefixes.isEmpty()) {
                throw wrong(keys, entry.getKey(), entry.getValue());
            }
            projects.put(entry.getKey(), prefixes);
        });
        return projects;
    }

    private static BadInputException wrong(ContextReader keys, String project, JsonNode value) {
        return keys.wrong(
                PROJECTS + "." + project,
                "expected a list of beginnings of names, each of " + SHORTEST
                        + " characters or more and without wildcards, not " + value);
    }

    private static List<Maintenance> maintenance(ContextReader keys) {
        JsonNode json = keys.structure(MAINTENANCE);
        if (!json.isMissingNode() && !json.isArray()) {
            throw keys.wrong(MAINTENANCE, "expected a list of windows, such as [" + EXAMPLE + "]");
        }
        List<Maintenance> windows = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            windows.add(window(keys, MAINTENANCE + "[" + i + "]", json.path(i)));
        }
        return windows;
    }

    private static Maintenance window(ContextReader keys, String place, JsonNode window) {
        if (!window.isObject()) {
            throw keys.wrong(place, "expected a window such as " + EXAMPLE + ", not " + window);
        }
        window.fieldNames().forEachRemaining(key -> {
            if (!OF_WINDOW.contains(key)) {
                throw keys.wrong(place + "." + key, "is not a key of a window: from, to, severity, reason");
            }
        });
        String severity = window.path("severity").asText("low");
        if (Arrays.stream(Severity.values()).noneMatch(each -> each.word().equals(severity))) {
            throw keys.wrong(place + ".severity", "expected info, low, medium or high, not " + severity);
        }
        try {
            return new Maintenance(
                    Instant.parse(window.path("from").asText()),
                    Instant.parse(window.path("to").asText()),
                    Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                    window.path("reason").asText());
        } catch (DateTimeParseException e) {
            throw keys.wrong(
                    place, "expected from and to as 2026-12-05T20:00:00Z, not \"" + e.getParsedString() + "\"");
        } catch (IllegalArgumentException e) {
            throw keys.wrong(place, String.valueOf(e.getMessage()));
        }
    }
}
