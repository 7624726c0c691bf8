package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.EventBridgeBus;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.logs.CfnResourcePolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** Everything that Backstop says on the bus, kept in a log group for questions and for evidence. */
public final class EventLog extends Construct {
    /** EventBridge's own beginning of such names, and the one that the agents' boundary protects. */
    static final String GROUP = "/aws/events/backstop-events";

    public EventLog(Construct scope, String id, GuardQueue undelivered) {
        super(scope, id);
        LogGroup group = LogGroup.Builder.create(this, "Group")
                .logGroupName(GROUP)
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
        CfnResourcePolicy policy = CfnResourcePolicy.Builder.create(this, "Policy")
                .policyName("backstop-events")
                .policyDocument(policy())
                .build();
        CfnRule rule = CfnRule.Builder.create(this, "Rule")
                .name(AgentRules.PREFIX + "events")
                .description("Keeps what Backstop says on the bus in " + GROUP)
                .eventPattern(Map.of("source", List.of(EventBridgeBus.SOURCE), "account", List.of(Aws.ACCOUNT_ID)))
                .targets(List.of(AgentRules.target("log", Grants.arn("logs", "log-group:" + GROUP), undelivered)
                        .build()))
                .build();
        rule.getNode().addDependency(policy, group, undelivered);
    }

    private static String policy() {
        ObjectNode document = Json.object();
        document.put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Sid", "BackstopEvents").put("Effect", "Allow");
        statement
                .putObject("Principal")
                .putArray("Service")
                .add("events.amazonaws.com")
                .add("delivery.logs.amazonaws.com");
        statement.putArray("Action").add("logs:CreateLogStream").add("logs:PutLogEvents");
        statement.put("Resource", Grants.arn("logs", "log-group:" + GROUP + ":*"));
        return Json.write(document);
    }
}
