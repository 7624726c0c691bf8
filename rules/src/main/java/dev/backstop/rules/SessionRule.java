package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.util.List;

/**
 * The pattern that brings the session registry its STS records: credentials of an agent role being issued, or credentials
 * of any role being issued to an agent, so that an agent's children in other roles are known.
 */
public final class SessionRule {
    private static final List<String> ISSUING = List.of(
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
            "GetFederationToken",
            "GetSessionToken",
            "GetScopedCredentials");

    private SessionRule() {}

    /** AssumeRole is a read-only management event: the rule's state must be the one that delivers those. */
    public static ObjectNode pattern(AgentSelector agents, Account account) {
        ObjectNode pattern = Json.object();
        pattern.putArray("source").add("aws.sts");
        pattern.putArray("detail-type").add("AWS API Call via CloudTrail");
        ObjectNode detail = issuing();
        pattern.set("detail", detail);
        ObjectNode byAgent = Json.object();
        byAgent.set("userIdentity", agents.callerPattern(account));
        if (agents.rolePrefixes().isEmpty()) {
            detail.setAll(byAgent);
            return pattern;
        }
        ArrayNode either = detail.putArray("$or");
        either.add(ofAgentRole(agents, account));
        either.add(byAgent);
        return pattern;
    }

    /** What {@code detail} says where credentials are issued. */
    static ObjectNode issuing() {
        ObjectNode detail = Json.object();
        detail.putArray("eventSource").add("sts.amazonaws.com");
        detail.set("eventName", Json.MAPPER.valueToTree(ISSUING));
        detail.putArray("errorCode").addObject().put("exists", false);
        return detail;
    }

    /** What it says besides where they are an agent role's. */
    static ObjectNode ofAgentRole(AgentSelector agents, Account account) {
        ObjectNode detail = Json.object();
        detail.putObject("requestParameters").set("roleArn", agents.rolePattern(account));
        return detail;
    }
}
