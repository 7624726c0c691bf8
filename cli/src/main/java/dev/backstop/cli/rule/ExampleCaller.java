package dev.backstop.cli.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;

/** Callers for events whose own caller will not do. */
final class ExampleCaller {
    private ExampleCaller() {}

    /** One that the selector selects, by the first thing that it goes by. */
    static ObjectNode agent(AgentSelector agents, String account) {
        String role = agents.rolePrefixes().isEmpty()
                ? agents.sessionNamePrefixes().isEmpty()
                        ? "example"
                        : agents.sessionNamePrefixes().getFirst().replaceFirst("/.*", "")
                : agents.rolePrefixes().getFirst() + "example";
        String session = agents.sessionNamePrefixes().isEmpty()
                ? "example"
                : agents.sessionNamePrefixes().getFirst().replaceFirst(".*/", "") + "example";
        String name = role.substring(role.lastIndexOf('/') + 1);
        ObjectNode caller = Json.object();
        caller.put("type", "AssumedRole");
        caller.put("principalId", "AROAEXAMPLE:" + session);
        caller.put("arn", "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session);
        caller.put("accountId", account);
        caller.put("accessKeyId", "ASIAEXAMPLE");
        ObjectNode context = caller.putObject("sessionContext");
        ObjectNode issuer = context.putObject("sessionIssuer");
        issuer.put("type", "Role");
        issuer.put("arn", "arn:aws:iam::" + account + ":role/" + role);
        issuer.put("userName", name);
        if (!agents.sourceIdentityPrefixes().isEmpty()) {
            context.put("sourceIdentity", agents.sourceIdentityPrefixes().getFirst() + "example");
        }
        return caller;
    }

    static ObjectNode person(String account) {
        ObjectNode caller = Json.object();
        caller.put("type", "IAMUser");
        caller.put("principalId", "AIDAEXAMPLE");
        caller.put("arn", "arn:aws:iam::" + account + ":user/dana");
        caller.put("accountId", account);
        caller.put("accessKeyId", "AKIAEXAMPLE");
        caller.put("userName", "dana");
        return caller;
    }
}
