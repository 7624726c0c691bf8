package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.event.ruler.Machine;

/** Matches events against the rules with event-ruler, the engine that EventBridge itself uses. Safe for many threads. */
public final class PatternMatcher {
    private final Machine machine = Machine.builder().build();
    private final Map<String, RuleDefinition> byId;

    /** A matcher that sees agents in one account, as deployed, or in {@link Account#ANY}. */
    public PatternMatcher(RuleBook book, Account account) {
        byId = book.definitions().stream().collect(Collectors.toMap(RuleDefinition::id, Function.identity()));
        try {
            for (ComposedRule rule : book.composedFor(account)) {
                machine.addRule(rule.definition().id(), Json.write(rule.pattern()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a pattern that was checked before", e);
        }
    }

    /** The rules that an EventBridge event matches, in the order of their ids. */
    public List<RuleDefinition> match(JsonNode event) {
        try {
            return machine.rulesForJSONEvent(event).stream()
                    .map(byId::get)
                    .sorted(Comparator.comparing(RuleDefinition::id))
                    .toList();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("event-ruler cannot read this event: " + e.getMessage(), e);
        }
    }
}
