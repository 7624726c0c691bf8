package dev.backstop.cdk;

import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import java.util.Map;
import software.amazon.awscdk.Aws;

/** What every function of the guard is told of where it is, and of what is configured. */
record Surroundings(Configuration configuration, StateTable table, AlertTopic topic) {
    /** Functions run briefly: the first compiler is ready sooner, the second would never pay for itself. */
    static final String JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry(
                        "BACKSTOP_REVERTS",
                        Json.write(configuration.reverts().limits().toJson())),
                Map.entry("BACKSTOP_TABLE", table.name()),
                Map.entry("BACKSTOP_TOPIC_ARN", topic.arn()),
                Map.entry("BACKSTOP_AGENTS", Json.write(configuration.agents().toJson())),
                Map.entry("BACKSTOP_ROUTES", Json.write(configuration.routes().toJson())),
                Map.entry("BACKSTOP_RUNBOOK", configuration.deployment().runbook()),
                Map.entry("BACKSTOP_REVOKE_FUNCTION", name("backstop-revoke")),
                Map.entry("BACKSTOP_RESTORE_FUNCTION", name("backstop-restore")),
                Map.entry("BACKSTOP_RESPOND_FUNCTION", name("backstop-respond")),
                Map.entry(
                        "BACKSTOP_CANARY_ROLE",
                        Grants.located("arn:${Partition}:iam::${Account}:role" + AgentRole.PATH + Canary.NAME)),
                Map.entry("BACKSTOP_ACCOUNT", Aws.ACCOUNT_ID),
                Map.entry("JAVA_TOOL_OPTIONS", JVM));
    }

    private String name(String function) {
        return GuardFunction.invocable(function, configuration.deployment().alias());
    }
}
