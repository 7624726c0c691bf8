package dev.backstop.cdk;

import dev.backstop.functions.sdk.SdkAccountName;
import dev.backstop.functions.sdk.SnsAlertChannel;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Subscription;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Where every alert goes: findings with their outcomes, and the guard's own failures. */
public final class AlertTopic extends Construct {
    static final String NAME = "backstop-alerts";

    private final Topic topic;
    private final GuardKey key;

    /** @param email who is subscribed; empty for nobody, which synth warns of */
    public AlertTopic(Construct scope, String id, GuardKey key, String email) {
        super(scope, id);
        this.key = key;
        topic = Topic.Builder.create(this, "Topic")
                .topicName(NAME)
                .displayName("Backstop")
                .masterKey(key.key())
                .enforceSsl(true)
                .build();
        // A policy of one's own replaces the default one, under which alarms could publish.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
        if (email.isEmpty()) {
            Annotations.of(this)
                    .addWarningV2(
                            "backstop:nobody-is-alerted",
                            "Nobody will hear of Backstop's alerts. Set \"alertEmail\" in cdk.json's context, or deploy"
                                    + " with -c alertEmail=oncall@example.com.");
        } else {
            Subscription.Builder.create(this, "Email")
                    .topic(topic)
                    .protocol(SubscriptionProtocol.EMAIL)
                    .endpoint(email)
                    .build();
        }
    }

    ITopic topic() {
        return topic;
    }

    String arn() {
        return topic.getTopicArn();
    }

    /** What a function needs to publish here, and to say what the account is called. */
    List<PolicyStatement> publishing() {
        return List.of(
                Grants.allow(SnsAlertChannel.ACTIONS, List.of(arn())),
                Grants.allow(SdkAccountName.ACTIONS, List.of("*")),
                key.through("sns", "kms:Decrypt", "kms:GenerateDataKey"));
    }
}
