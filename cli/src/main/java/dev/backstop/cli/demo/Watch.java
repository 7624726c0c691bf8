package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import dev.backstop.rules.SessionRule;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** EventBridge's part: which rules an event matches, and whether it is for the session registry. */
final class Watch {
    private final PatternMatcher rules;
    private final PatternMatcher whoeverCalls;
    private final Machine sessions = Machine.builder().build();

    Watch(Account account) {
        Configuration configured = Configuration.DEFAULT;
        AgentSelector everybody = new AgentSelector(List.of(""), List.of(), List.of());
        Configuration forEverybody = new Configuration(
                everybody,
                configured.allowedTcpPorts(),
                configured.allowedInstanceTypes(),
                configured.allowedDatabaseClasses(),
                configured.rulesDir(),
                configured.reverts(),
                configured.leniency(),
                configured.deployment(),
                configured.routes(),
                configured.channels());
        rules = new PatternMatcher(RuleBook.catalogue(configured, Remediations.ids()), account);
        whoeverCalls = new PatternMatcher(RuleBook.catalogue(forEverybody, Remediations.ids()), account);
        try {
            sessions.addRule("sessions", Json.write(SessionRule.pattern(configured.agents(), account)));
        } catch (IOException e) {
            throw new IllegalStateException("the session rule's own pattern", e);
        }
    }

    List<Rule> rules(JsonNode event) {
        return rules.match(event).stream().map(RuleDefinition::rule).toList();
    }

    /** The rules that match when every role counts as an agent's. */
    List<Rule> rulesWhoeverCalls(JsonNode event) {
        return whoeverCalls.match(event).stream().map(RuleDefinition::rule).toList();
    }

    boolean isForSessions(JsonNode event) {
        try {
            return !sessions.rulesForJSONEvent(Json.write(event)).isEmpty();
        } catch (Exception e) {
            throw new IllegalArgumentException("event-ruler cannot read this event: " + e.getMessage(), e);
        }
    }
}
