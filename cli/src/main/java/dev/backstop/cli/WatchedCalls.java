package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The calls that an event pattern names, in the words of an IAM policy: {@code ec2:RunInstances}. */
final class WatchedCalls {
    private WatchedCalls() {}

    /** In the order of the pattern; what it describes otherwise, by a prefix for example, as the pattern has it. */
    static List<String> of(JsonNode pattern) {
        JsonNode detail = pattern.path("detail");
        String source = detail.path("eventSource").path(0).asText("*");
        String service = source.replaceFirst("\\..*", "");
        Set<String> calls = new LinkedHashSet<>();
        collect(detail, service, calls);
        return List.copyOf(calls);
    }

    private static void collect(JsonNode node, String service, Set<String> calls) {
        node.properties().forEach(entry -> {
            if (entry.getKey().equals("eventName")) {
                entry.getValue()
                        .forEach(name ->
                                calls.add(service + ":" + (name.isTextual() ? name.asText() : Json.write(name))));
            } else if (entry.getKey().equals("$or")) {
                entry.getValue().forEach(branch -> collect(branch, service, calls));
            }
        });
    }
}
