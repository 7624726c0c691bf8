package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** The customer-managed key of the alert topic and the state table, which CloudWatch's alarms can publish with. */
public final class GuardKey extends Construct {
    private final Key key;

    /** @param name the key's alias, without {@code alias/} */
    public GuardKey(Construct scope, String id, String name) {
        super(scope, id);
        key = Key.Builder.create(this, "Key")
                .alias(name)
                .description("Encrypts Backstop's alerts and state")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        for (String service : List.of("cloudwatch.amazonaws.com", "sns.amazonaws.com")) {
            allowPublishing(service, Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)));
        }
        // EventBridge sends no source account or ARN to KMS: with a condition its messages would be dropped silently.
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
        allowPublishing("events.amazonaws.com", Map.of());
    }

    IKey key() {
        return key;
    }

    /** A grant to use the key, but only in requests that one service, such as {@code sns}, makes for the caller. */
    PolicyStatement through(String service, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(key.getKeyArn()))
                .conditions(
                        Map.of("StringEquals", Map.of("kms:ViaService", service + "." + Aws.REGION + ".amazonaws.com")))
                .build();
    }

    private void allowPublishing(String service, Map<String, Object> conditions) {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal(service)))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                .resources(List.of("*"))
                .conditions(conditions)
                .build());
    }
}
