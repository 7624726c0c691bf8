package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.event.ruler.Machine;

/**
 * Which calls any rule can match at all, by service, name and success alone: every pattern less everything else that it
 * asks for, so that it selects no fewer. Most of what an agent does all day is none of them.
 */
public final class MatchableCalls {
    private static final List<String> KEPT = List.of("eventSource", "eventName");

    private static final JsonNode SUCCESS = Json.read("[{\"exists\":false}]");

    /** There are some 15,000 calls in all of AWS; what is more is made up. */
    private static final int REMEMBERED = 50_000;

    private final Machine machine = Machine.builder().build();
    private final boolean every;
    private final boolean failures;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    public MatchableCalls(RuleBook book) {
        Set<ObjectNode> alternatives = new LinkedHashSet<>();
        boolean failed = false;
        for (ComposedRule rule : book.composedFor(Account.ANY)) {
            JsonNode detail = rule.pattern().path("detail");
            failed |= !detail.path("errorCode").equals(SUCCESS);
            alternatives.addAll(alternatives(detail));
        }
        failures = failed;
        every = alternatives.stream().anyMatch(JsonNode::isEmpty);
        try {
            for (ObjectNode alternative : alternatives) {
                if (!alternative.isEmpty()) {
                    machine.addRule(
                            Json.write(alternative), Json.write(Json.object().set("detail", alternative)));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a part of a pattern that was checked before", e);
        }
    }

    /** Whether a record with these fields may be matched; false means that no rule matches it. */
    public boolean mayMatch(String eventSource, String eventName, boolean failed) {
        if (every) {
            return true;
        }
        if (failed) {
            return failures;
        }
        String key = eventSource + "#" + eventName;
        Boolean answer = known.get(key);
        if (answer == null) {
            answer = matches(eventSource, eventName);
            if (known.size() < REMEMBERED) {
                known.put(key, answer);
            }
        }
        return answer;
    }

    private boolean matches(String eventSource, String eventName) {
        ObjectNode event = Json.object();
        event.putObject("detail").put("eventSource", eventSource).put("eventName", eventName);
        return !machine.rulesForJSONEvent(event).isEmpty();
    }

    /**
     * What is kept of a pattern, once for every way to meet it. They are rules of their own, because event-ruler loses
     * some of a {@code $or} whose branches include one another, as they do once they are shorter.
     */
    private static List<ObjectNode> alternatives(JsonNode node) {
        ObjectNode own = Json.object();
        KEPT.forEach(key -> Optional.ofNullable(node.get(key)).ifPresent(value -> own.set(key, value)));
        List<ObjectNode> all = List.of(own);
        if (node.has("$or")) {
            Set<ObjectNode> branches = new LinkedHashSet<>();
            node.path("$or").forEach(branch -> branches.addAll(alternatives(branch)));
            all = branches.stream()
                    .map(branch -> own.deepCopy().<ObjectNode>setAll(branch))
                    .distinct()
                    .toList();
        }
        return all;
    }
}
