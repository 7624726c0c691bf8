package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;

/** The pattern that brings every management call of agents, reads and refused ones included: the selector alone. */
public final class ActivityRule {
    private ActivityRule() {}

    /** Most calls are reads: the rule's state must be the one that delivers read-only management events. */
    public static ObjectNode pattern(AgentSelector agents, Account account) {
        ObjectNode pattern = Json.object();
        pattern.putArray("source").addObject().put("prefix", "aws.");
        pattern.putArray("detail-type").add("AWS API Call via CloudTrail");
        pattern.putObject("detail").set("userIdentity", agents.callerPattern(account));
        return pattern;
    }
}
