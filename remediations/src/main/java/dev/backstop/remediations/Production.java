package dev.backstop.remediations;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which instances nothing is done to by itself, whoever launched them: those tagged as production. */
final class Production {
    /** For an alert: why it was left, and what a person may decide. */
    static final String SPARED = "it is tagged as production, which is left to a person";

    private static final Set<String> KEYS = Set.of("environment", "env", "stage");
    private static final Set<String> VALUES = Set.of("production", "prod");

    private Production() {}

    /** Whether {@code Environment}, {@code env} or {@code stage} says {@code production} or {@code prod}, in any case. */
    static boolean isTagged(Map<String, String> tags) {
        return tags.entrySet().stream()
                .anyMatch(tag -> KEYS.contains(tag.getKey().toLowerCase(Locale.ROOT))
                        && VALUES.contains(tag.getValue().toLowerCase(Locale.ROOT)));
    }
}
