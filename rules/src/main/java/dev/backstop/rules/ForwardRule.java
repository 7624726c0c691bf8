package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;

/** The pattern of what a further Region sends home: all that rules, timelines, the registry and baselines are made from. */
public final class ForwardRule {
    private ForwardRule() {}

    /** In one pattern, so that a record which two feeds are about is sent once. Reads are among them, as with those feeds. */
    public static ObjectNode pattern(AgentSelector agents, Account account) {
        ObjectNode pattern = Json.object();
        pattern.putArray("source").addObject().put("prefix", "aws.");
        ArrayNode either = pattern.putObject("detail").putArray("$or");
        either.addObject().set("userIdentity", agents.callerPattern(account));
        if (!agents.rolePrefixes().isEmpty()) {
            either.add(SessionRule.issuing().setAll(SessionRule.ofAgentRole(agents, account)));
        }
        either.add(BaselineRule.changing());
        return pattern;
    }
}
