package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The calls that an event pattern names, in the words of an IAM policy: {@code ec2:RunInstances}. */
final class WatchedCalls {
    private WatchedCalls() {}

    /** In the order of the pattern; what it describes otherwise, by a prefix for example, as the pattern has it. */
    static List<String> of(JsonNode pattern) {
        Set<String> calls = new LinkedHashSet<>();
        collect(pattern.path("detail"), List.of("*"), calls);
        return List.copyOf(calls);
    }

    /** A branch of a pattern over several services names its own; others have the services of what they stand in. */
    private static void collect(JsonNode node, List<String> inherited, Set<String> calls) {
        List<String> services = node.has("eventSource") ? services(node.path("eventSource")) : inherited;
        node.properties().forEach(entry -> {
            if (entry.getKey().equals("eventName")) {
                for (JsonNode name : entry.getValue()) {
                    String call = name.isTextual() ? name.asText() : Json.write(name);
                    services.forEach(service -> calls.add(service + ":" + call));
                }
            } else if (entry.getKey().equals("$or")) {
                entry.getValue().forEach(branch -> collect(branch, services, calls));
            }
        });
    }

    private static List<String> services(JsonNode sources) {
        List<String> services = new ArrayList<>();
        sources.forEach(source -> services.add(source.asText().replaceFirst("\\..*", "")));
        return services;
    }
}
