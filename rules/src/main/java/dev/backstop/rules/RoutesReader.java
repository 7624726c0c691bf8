package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Routes;
import dev.backstop.core.Routes.Channel;
import dev.backstop.core.Severity;
import dev.backstop.core.Urgency;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Reads who hears of what: {@code "routes": {"severity": {"high": "page"}, "channel": {"slack": ["page"]}}}. */
final class RoutesReader {
    private static final String KEY = "routes";
    private static final String SEVERITY = "severity";
    private static final String CHANNEL = "channel";

    private RoutesReader() {}

    static Routes read(ContextReader keys) {
        JsonNode routes = keys.object(KEY);
        routes.fieldNames().forEachRemaining(field -> {
            if (!Set.of(SEVERITY, CHANNEL).contains(field)) {
                throw keys.wrong(KEY + "." + field, "is not a key of routes; it knows severity and channel");
            }
        });
        Map<Severity, Urgency> bySeverity = new EnumMap<>(Severity.class);
        part(keys, routes, SEVERITY)
                .properties()
                .forEach(entry -> bySeverity.put(
                        word(keys, SEVERITY, entry.getKey(), Severity.values()),
                        urgency(keys, SEVERITY + "." + entry.getKey(), entry.getValue())));
        Map<Channel, Set<Urgency>> byChannel = new EnumMap<>(Channel.class);
        part(keys, routes, CHANNEL)
                .properties()
                .forEach(entry -> byChannel.put(
                        word(keys, CHANNEL, entry.getKey(), Channel.values()),
                        urgencies(keys, CHANNEL + "." + entry.getKey(), entry.getValue())));
        return new Routes(bySeverity, byChannel);
    }

    private static JsonNode part(ContextReader keys, JsonNode routes, String field) {
        JsonNode part = routes.path(field);
        if (!part.isMissingNode() && !part.isObject()) {
            throw keys.wrong(KEY + "." + field, "expected a JSON object, not " + part);
        }
        return part;
    }

    private static Set<Urgency> urgencies(ContextReader keys, String field, JsonNode list) {
        if (!list.isArray()) {
            throw keys.wrong(KEY + "." + field, "expected a list of notify and page, not " + list);
        }
        Set<Urgency> urgencies = EnumSet.noneOf(Urgency.class);
        list.forEach(word -> urgencies.add(urgency(keys, field, word)));
        if (urgencies.contains(Urgency.RECORD)) {
            throw keys.wrong(
                    KEY + "." + field, "no channel hears of what is only recorded: make it notify by severity");
        }
        return urgencies;
    }

    private static Urgency urgency(ContextReader keys, String field, JsonNode word) {
        return word(keys, field, word.isTextual() ? word.asText() : word.toString(), Urgency.values());
    }

    private static <E extends Enum<E>> E word(ContextReader keys, String field, String word, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> ContextReader.word(choice).equals(word))
                .findFirst()
                .orElseThrow(() -> keys.wrong(
                        KEY + "." + field,
                        "expected one of "
                                + Arrays.stream(choices)
                                        .map(ContextReader::word)
                                        .toList() + ", not " + word));
    }
}
