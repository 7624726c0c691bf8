package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cdk.GuardFunction.Definition;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The four functions of the guard; only revoke and restore may write IAM, and only the agent roles' policies. */
public final class GuardFunctions extends Construct {
    static final Duration SESSIONS_TIMEOUT = Duration.minutes(1);

    /** Below the five minutes for which a claim on a finding holds. */
    private static final Duration RESPOND_TIMEOUT = Duration.minutes(4);

    private final Configuration configuration;
    private final StateTable table;
    private final AlertTopic topic;
    private final GuardFunction respond;
    private final GuardFunction revoke;
    private final GuardFunction restore;
    private final GuardFunction sessions;

    public GuardFunctions(
            Construct scope,
            String id,
            Configuration configuration,
            FunctionCode code,
            StateTable table,
            AlertTopic topic,
            SessionFeed feed) {
        super(scope, id);
        this.configuration = configuration;
        this.table = table;
        this.topic = topic;
        respond = function(
                "Respond", "Answers findings: reverts, revokes, alerts", code.respond(), RESPOND_TIMEOUT, responding());
        revoke =
                function("Revoke", "Denies an agent session everything", code.guard(), Duration.minutes(1), revoking());
        restore =
                function("Restore", "Lifts the deny of agent sessions", code.guard(), Duration.minutes(2), restoring());
        sessions = function(
                "Sessions",
                "Remembers who the agent sessions are",
                code.guard(),
                SESSIONS_TIMEOUT,
                Grants.all(table.items("PutItem"), List.of(feed.consuming())));
    }

    GuardFunction respond() {
        return respond;
    }

    GuardFunction sessions() {
        return sessions;
    }

    List<GuardFunction> all() {
        return List.of(respond, revoke, restore, sessions);
    }

    private GuardFunction function(
            String id, String description, Path code, Duration timeout, List<PolicyStatement> permissions) {
        Definition definition = new Definition(
                "backstop-" + id.toLowerCase(Locale.ROOT),
                description,
                "dev.backstop.functions.handler." + id + "Handler::handleRequest",
                code,
                1024,
                timeout,
                environment(),
                permissions);
        return new GuardFunction(
                this, id, definition, topic, configuration.deployment().alias());
    }

    private List<PolicyStatement> responding() {
        PolicyStatement history = Grants.allow(List.of("config:GetResourceConfigHistory"), List.of("*"));
        PolicyStatement kill = Grants.allow(
                List.of("lambda:InvokeFunction"), List.of(Grants.arn("lambda", "function:" + killSwitch())));
        PolicyStatement outcomes = PolicyStatement.Builder.create()
                .actions(List.of("events:PutEvents"))
                .resources(List.of(Grants.arn("events", "event-bus/default")))
                .conditions(Map.of("StringEquals", Map.of("events:source", "backstop")))
                .build();
        return Grants.all(
                Grants.declared(Remediations.all()),
                table.items("GetItem", "UpdateItem", "BatchGetItem", "Query"),
                List.of(history, kill, outcomes));
    }

    private List<PolicyStatement> revoking() {
        return Grants.all(table.items("BatchGetItem", "Query", "PutItem"), agentRoles("iam:PutRolePolicy"));
    }

    private List<PolicyStatement> restoring() {
        return Grants.all(table.items("Query", "DeleteItem"), agentRoles("iam:DeleteRolePolicy"));
    }

    /** The agent roles and no others; which those are is the same configuration that the rules' patterns hold. */
    private List<PolicyStatement> agentRoles(String change) {
        List<String> roles = configuration.agents().rolePrefixes().stream()
                .map(prefix -> Grants.located("arn:${Partition}:iam::${Account}:role/" + prefix + "*"))
                .toList();
        return roles.isEmpty()
                ? List.of()
                : List.of(Grants.allow(List.of("iam:GetRolePolicy", "iam:ListRolePolicies", change), roles));
    }

    private Map<String, String> environment() {
        AgentSelector selector = configuration.agents();
        ObjectNode agents = Json.object();
        agents.set("agentRoles", Json.MAPPER.valueToTree(selector.rolePrefixes()));
        agents.set("agentSourceIdentities", Json.MAPPER.valueToTree(selector.sourceIdentityPrefixes()));
        agents.set("agentSessionNames", Json.MAPPER.valueToTree(selector.sessionNamePrefixes()));
        return Map.of(
                "BACKSTOP_TABLE", table.name(),
                "BACKSTOP_TOPIC_ARN", topic.arn(),
                "BACKSTOP_AGENTS", Json.write(agents),
                "BACKSTOP_REVOKE_FUNCTION", killSwitch(),
                "BACKSTOP_ACCOUNT", Aws.ACCOUNT_ID,
                // Functions run briefly: the first compiler is ready sooner, the second would never pay for itself.
                "JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    }

    private String killSwitch() {
        return configuration.deployment().alias() ? "backstop-revoke:" + GuardFunction.ALIAS : "backstop-revoke";
    }
}
