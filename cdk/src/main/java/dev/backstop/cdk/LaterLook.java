package dev.backstop.cdk;

import dev.backstop.core.port.CallHistory;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.constructs.Construct;

/**
 * Where an event waits until CloudTrail's event history holds what came before it, and then goes to the respond function. Two
 * at a time: the history takes two requests a second, and however much comes must not take the function from the findings.
 */
final class LaterLook extends Construct {
    private static final String NAME = "backstop-later";

    private final GuardQueue queue;

    /** @param undelivered where what the function failed at five times goes */
    LaterLook(Construct scope, String id, GuardFunction respond, GuardQueue undelivered) {
        super(scope, id);
        // A call is undone within an hour only: another try must not wait longer than the one before can take.
        Duration visibility =
                Duration.seconds(GuardFunctions.RESPOND_TIMEOUT.toSeconds().intValue() + 60);
        queue = new GuardQueue(this, "Later", NAME, visibility, undelivered)
                .delayed(Duration.seconds(CallHistory.BEHIND.toSeconds()))
                .open();
        CfnEventSourceMapping.Builder.create(this, "OneByOne")
                .eventSourceArn(queue.arn())
                .functionName(respond.invokedArn())
                .batchSize(1)
                .scalingConfig(CfnEventSourceMapping.ScalingConfigProperty.builder()
                        .maximumConcurrency(2)
                        .build())
                .build();
    }

    /** What the respond function needs, which is there before the queue. */
    static PolicyStatement consuming() {
        return GuardQueue.consuming(Grants.arn("sqs", NAME));
    }

    GuardQueue queue() {
        return queue;
    }
}
