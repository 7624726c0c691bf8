package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What configuration makes less of: in no agent's hands, and nothing that a tag of a resource could say.
 *
 * @param projects beginnings of the names and ids that each project owns
 * @param maintenance when less is made of what happens
 */
public record Leniency(Map<String, List<String>> projects, List<Maintenance> maintenance) {
    public static final Leniency NONE = new Leniency(Map.of(), List.of());

    public Leniency {
        projects = Map.copyOf(projects);
        maintenance = List.copyOf(maintenance);
    }

    /**
     * A span of time in which less is made of findings.
     *
     * @param severity the most that a finding is then
     * @param reason for the people who are told
     */
    public record Maintenance(Instant from, Instant to, Severity severity, String reason) {
        private static final Duration LONGEST = Duration.ofDays(2);

        public Maintenance {
            if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a window begins before it ends, and is two days long at most");
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a window has a reason");
            }
        }

        boolean holdsAt(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** Whether a project owns something, given by its id, its name or its ARN. */
    public boolean owns(String project, String id) {
        String name = id.startsWith("arn:") ? id.split(":", 6)[5].replaceFirst("^[a-z-]+[:/]", "") : id;
        return projects.getOrDefault(project, List.of()).stream().anyMatch(name::startsWith);
    }

    /** The window that is open at a time; the one with the lowest severity where there are several. */
    public Optional<Maintenance> at(Instant time) {
        return maintenance.stream().filter(window -> window.holdsAt(time)).min((one, other) -> one.severity()
                .compareTo(other.severity()));
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode owned = json.putObject("projects");
        new TreeMap<>(projects).forEach((project, prefixes) -> {
            ArrayNode list = owned.putArray(project);
            prefixes.forEach(list::add);
        });
        ArrayNode windows = json.putArray("maintenance");
        for (Maintenance window : maintenance) {
            windows.addObject()
                    .put("from", window.from().toString())
                    .put("to", window.to().toString())
                    .put("severity", window.severity().word())
                    .put("reason", window.reason());
        }
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Leniency of(JsonNode json) {
        Map<String, List<String>> projects = new TreeMap<>();
        json.path("projects").properties().forEach(entry -> projects.put(entry.getKey(), words(entry.getValue())));
        List<Maintenance> windows = new ArrayList<>();
        for (JsonNode window : json.path("maintenance")) {
            windows.add(new Maintenance(
                    Instant.parse(window.path("from").asText()),
                    Instant.parse(window.path("to").asText()),
                    Severity.valueOf(window.path("severity").asText().toUpperCase(Locale.ROOT)),
                    window.path("reason").asText()));
        }
        return new Leniency(projects, windows);
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
