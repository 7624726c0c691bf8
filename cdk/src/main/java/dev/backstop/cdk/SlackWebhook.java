package dev.backstop.cdk;

import dev.backstop.cdk.GuardFunction.Definition;
import dev.backstop.cdk.GuardFunction.Failures;
import dev.backstop.core.Urgency;
import dev.backstop.functions.sdk.SecretAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.constructs.Construct;

/** Slack by an incoming webhook: a small function on the alert topic, whose failures wait in a queue of their own. */
public final class SlackWebhook extends Construct {
    private final GuardQueue failed;

    /**
     * @param secret the name or ARN of the secret that holds the webhook's URL
     * @param heard which alerts are posted; what AWS itself sends to the topic always is
     * @param aliased whether functions are invoked through the alias {@code live}
     */
    public SlackWebhook(
            Construct scope,
            String id,
            AlertTopic topic,
            FunctionCode code,
            String secret,
            Set<Urgency> heard,
            boolean aliased) {
        super(scope, id);
        failed = new GuardQueue(this, "Failed", "backstop-slack-failed");
        Definition definition = new Definition(
                "backstop-slack",
                "Posts alerts to Slack",
                "dev.backstop.functions.handler.SlackHandler::handleRequest",
                code.slack(),
                512,
                Duration.minutes(1),
                Map.of(
                        "BACKSTOP_SLACK_SECRET",
                        secret,
                        "BACKSTOP_SLACK_URGENCIES",
                        heard.stream().map(Urgency::word).collect(Collectors.toCollection(TreeSet::new)).stream()
                                .collect(Collectors.joining(",")),
                        "JAVA_TOOL_OPTIONS",
                        Surroundings.JVM),
                List.of(Grants.allow(SecretAddress.ACTIONS, List.of(Secret.arn(secret)))));
        GuardFunction function = new GuardFunction(this, "Function", definition, Failures.in(failed), aliased);
        CfnPermission permission = CfnPermission.Builder.create(this, "TopicMayInvoke")
                .action("lambda:InvokeFunction")
                .functionName(function.invokedArn())
                .principal("sns.amazonaws.com")
                .sourceArn(topic.arn())
                .build();
        CfnSubscription.Builder.create(this, "Subscription")
                .topicArn(topic.arn())
                .protocol("lambda")
                .endpoint(function.invokedArn())
                .build()
                .getNode()
                .addDependency(permission);
    }

    /** Messages that Slack did not take; an alarm watches it. */
    GuardQueue failed() {
        return failed;
    }
}
