package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** A standard queue that Backstop's EventBridge rules, all of them and no others, may send to. */
public final class GuardQueue extends Construct {
    private final String name;
    private final Queue queue;

    /** A queue whose messages stay, for a person to look at. */
    public GuardQueue(Construct scope, String id, String name) {
        this(scope, id, name, null, null);
    }

    /**
     * @param visibility how long a consumer has for a batch; null for the service's default
     * @param failed where messages go that no consumer could handle; null when they stay here
     */
    public GuardQueue(
            Construct scope, String id, String name, @Nullable Duration visibility, @Nullable GuardQueue failed) {
        super(scope, id);
        this.name = name;
        Queue.Builder builder = Queue.Builder.create(this, "Queue")
                .queueName(name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .removalPolicy(RemovalPolicy.DESTROY);
        if (visibility != null) {
            builder.visibilityTimeout(visibility);
        }
        if (failed != null) {
            builder.deadLetterQueue(DeadLetterQueue.builder()
                    .queue(failed.queue)
                    .maxReceiveCount(5)
                    .build());
        }
        queue = builder.build();
    }

    /** Lets rules called {@code backstop-*} send here: one statement however many there are, since a policy is short. */
    GuardQueue open() {
        queue.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("BackstopRules")
                .principals(List.of(new ServicePrincipal("events.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(arn()))
                .conditions(Map.of("ArnLike", Map.of("aws:SourceArn", AgentRules.anyArn())))
                .build());
        return this;
    }

    /** Keeps each message to itself for so long at first, fifteen minutes at most. */
    GuardQueue delayed(Duration delay) {
        ((CfnQueue) Objects.requireNonNull(queue.getNode().getDefaultChild())).setDelaySeconds(delay.toSeconds());
        return this;
    }

    /** What a function needs that a queue is the source of. */
    static PolicyStatement consuming(String arn) {
        return Grants.allow(List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"), List.of(arn));
    }

    Queue queue() {
        return queue;
    }

    String name() {
        return name;
    }

    String arn() {
        return queue.getQueueArn();
    }
}
