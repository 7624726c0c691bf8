package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.rules.ActivityRule;
import dev.backstop.rules.SessionRule;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.constructs.Construct;

/** The way of the agents' records to the sessions function: who became an agent, and every call that agents make. */
public final class SessionFeed extends Construct {
    private final GuardQueue queue;
    private final GuardQueue failed;

    /** @param timeout of the function that will consume it */
    public SessionFeed(Construct scope, String id, Duration timeout) {
        super(scope, id);
        failed = new GuardQueue(this, "Failed", "backstop-activity-failed");
        // Six times the function's timeout, as Lambda asks of a queue that it polls.
        Duration visibility = Duration.seconds(timeout.toSeconds().intValue() * 6);
        queue = new GuardQueue(this, "Activity", "backstop-activity", visibility, failed).open();
    }

    /** What the consuming function needs. */
    PolicyStatement consuming() {
        return GuardQueue.consuming(queue.arn());
    }

    /** Sends the agents' records on their way. */
    void connect(AgentSelector agents, GuardFunction sessions, GuardQueue undelivered) {
        feed(
                "Rule",
                "sessions",
                "Credentials issued to agents, for the session registry",
                SessionRule.pattern(agents, AgentRules.HERE),
                undelivered);
        feed(
                "ActivityRule",
                "activity",
                "Every management call of agents, for their timelines and the proof of kills",
                ActivityRule.pattern(agents, AgentRules.HERE),
                undelivered);
        // No batching window: a finding of the same session may be a second behind.
        CfnEventSourceMapping.Builder.create(this, "Batches")
                .eventSourceArn(queue.arn())
                .functionName(sessions.invokedArn())
                .batchSize(10)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .build();
    }

    private void feed(String id, String name, String description, ObjectNode pattern, GuardQueue undelivered) {
        CfnRule rule = CfnRule.Builder.create(this, id)
                .name(AgentRules.PREFIX + name)
                .description(description)
                .eventPattern(Json.MAPPER.convertValue(pattern, Map.class))
                .state(AgentRules.state(true))
                .targets(List.of(
                        AgentRules.target("sessions", queue.arn(), undelivered).build()))
                .build();
        rule.getNode().addDependency(queue, undelivered);
    }

    /** Where records wait until the sessions function takes them. */
    GuardQueue queue() {
        return queue;
    }

    GuardQueue failed() {
        return failed;
    }
}
