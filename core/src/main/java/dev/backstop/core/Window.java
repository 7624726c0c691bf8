package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of something one session may do within a span of time; every limit that is set must be reached.
 *
 * @param within the span, ending with each call that counts
 * @param calls at least so many calls; 0 for no limit
 * @param services at least so many different services; 0 for no limit
 * @param actions at least so many different calls; 0 for no limit
 * @param regions in at least so many different Regions; 0 for no limit
 * @param dollarsAnHour at least so much launched capacity, see {@link PriceClass}; 0 for no limit
 * @param sparesOwn whether calls do not count that take away what the session had created itself
 */
public record Window(
        Duration within, int calls, int services, int actions, int regions, int dollarsAnHour, boolean sparesOwn) {
    /** As long as a session can be. */
    public static final Duration LONGEST = AgentSession.LONGEST;

    /** The least time between two findings of one session by one rule. */
    private static final Duration CELL = Duration.ofHours(1);

    public Window {
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("within: from a second to twelve hours, as long as a session can be");
        }
        if (Math.min(Math.min(calls, services), Math.min(Math.min(actions, regions), dollarsAnHour)) < 0) {
            throw new IllegalArgumentException("limits are not negative");
        }
        if (calls + services + actions + regions + dollarsAnHour == 0) {
            throw new IllegalArgumentException(
                    "sets no limit: expected calls, services, actions, regions or dollarsAnHour");
        }
        if (calls == 1 || (calls > 0 && calls < Math.max(services, Math.max(actions, regions)))) {
            throw new IllegalArgumentException("calls: one call is no window, and " + calls
                    + " calls cannot be of so many different kinds as the other limits say");
        }
    }

    /** One finding a session, rule and span of this length: an hour, or the window where that is longer. */
    Duration cell() {
        return within.compareTo(CELL) > 0 ? within : CELL;
    }

    /** {@code 10 calls over 3 services within 5 minutes by one session}. */
    public String words() {
        List<String> limits = new ArrayList<>();
        add(limits, calls, " calls");
        add(limits, services, " services");
        add(limits, actions, " different calls");
        add(limits, regions, " Regions");
        if (dollarsAnHour > 0) {
            limits.add("about $" + dollarsAnHour + " an hour");
        }
        long minutes = within.toMinutes();
        String span = within.toSeconds() % 60 != 0
                ? within.toSeconds() + " seconds"
                : minutes % 60 == 0 ? within.toHours() + " h" : minutes + " minutes";
        return String.join(", ", limits) + " within " + span + " by one session"
                + (sparesOwn ? ", its own creations not counted" : "");
    }

    private static void add(List<String> limits, int limit, String what) {
        if (limit > 0) {
            limits.add(limit + what);
        }
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("within", within.toString());
        json.put("calls", calls);
        json.put("services", services);
        json.put("actions", actions);
        json.put("regions", regions);
        json.put("dollarsAnHour", dollarsAnHour);
        json.put("sparesOwn", sparesOwn);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Window of(JsonNode json) {
        return new Window(
                Duration.parse(json.path("within").asText()),
                json.path("calls").asInt(),
                json.path("services").asInt(),
                json.path("actions").asInt(),
                json.path("regions").asInt(),
                json.path("dollarsAnHour").asInt(),
                json.path("sparesOwn").asBoolean());
    }
}
