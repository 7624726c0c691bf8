package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.baseline.Change.By;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A security group in a world like EC2's, whose rules are but values: calls are dated by clocks that are apart and without
 * fractions of seconds, and whoever reads sees each rule as it was some seconds ago. It knows what people want of it.
 */
final class WatchedGroup {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final int READS_LAG = 5_000;
    private static final int CLOCKS_DIFFER = 450;

    final List<String> story = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Capture> captures = new ArrayList<>();
    /** What each rule should be; null where it should not be. */
    final Map<String, String> wanted = new TreeMap<>();

    private final Map<String, TreeMap<Long, String>> past = new TreeMap<>();
    private final RandomGenerator random;
    private long now = 100_000;
    private int made;

    WatchedGroup(RandomGenerator random) {
        this.random = random;
    }

    void pass(int most) {
        now += random.nextInt(most);
    }

    String anyRule() {
        List<String> ids = List.copyOf(past.keySet());
        return ids.isEmpty() || random.nextInt(4) == 0 ? "sgr-" + ++made : ids.get(random.nextInt(ids.size()));
    }

    @Nullable
    String live(String rule) {
        return at(rule, now);
    }

    /** A call that sets a rule, or removes it. */
    Change call(String rule, @Nullable String value, By by, boolean undoing) {
        past.computeIfAbsent(rule, _ -> new TreeMap<>()).put(now, value == null ? "" : value);
        Instant dated = at(now + random.nextInt(-CLOCKS_DIFFER, CLOCKS_DIFFER)).truncatedTo(ChronoUnit.SECONDS);
        boolean says = random.nextInt(10) > 0;
        Change change = new Change(dated, "e" + ++made, by, undoing, says ? Set.of(rule) : Set.of(Change.ALL));
        changes.add(change);
        story.add(at(now) + " " + rule + "=" + value + " " + change);
        now++;
        return change;
    }

    String fresh() {
        return "v" + ++made;
    }

    /** Somebody looks, and keeps what is new. */
    void look() {
        long from = now;
        now += random.nextInt(50, 500);
        ObjectNode configuration = Json.object();
        ArrayNode rules = configuration.putArray("securityGroupRules");
        for (String rule : past.keySet()) {
            String value = at(rule, random.nextLong(from - READS_LAG, now + 1));
            if (value != null) {
                rules.addObject().put("securityGroupRuleId", rule).put("description", value);
            }
        }
        Capture look = new Capture(at(from), at(now), configuration);
        if (new Baseline(captures, changes).lacks(look, Duration.ofDays(15))) {
            captures.add(look);
            story.add("look " + look);
        }
        now++;
    }

    /** What a state that was asked for says of a rule: a value, empty for that it was not there, or null for nothing. */
    static @Nullable String said(@Nullable JsonNode state, String rule) {
        if (state == null || Json.values(state, Baseline.UNKNOWN_RULES).contains(rule)) {
            return null;
        }
        return Json.items(state.path("securityGroupRules")).stream()
                .filter(one -> one.path("securityGroupRuleId").asText().equals(rule))
                .map(one -> one.path("description").asText())
                .findFirst()
                .orElse("");
    }

    Set<String> rules() {
        return new TreeSet<>(past.keySet());
    }

    private @Nullable String at(String rule, long millis) {
        var then = past.getOrDefault(rule, new TreeMap<>()).floorEntry(millis);
        return then == null || then.getValue().isEmpty() ? null : then.getValue();
    }

    private static Instant at(long millis) {
        return TEN.plusMillis(millis);
    }
}
