package dev.backstop.cdk;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The one table: sessions, claims and their journal, revocations, mode. */
public final class StateTable extends Construct {
    static final String NAME = "backstop";

    private final Table table;
    private final GuardKey key;

    public StateTable(Construct scope, String id, GuardKey key) {
        super(scope, id);
        this.key = key;
        table = Table.Builder.create(this, "Table")
                .tableName(NAME)
                .partitionKey(string("pk"))
                .sortKey(string("sk"))
                .timeToLiveAttribute("ttl")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .encryption(TableEncryption.CUSTOMER_MANAGED)
                .encryptionKey(key.key())
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    String name() {
        return table.getTableName();
    }

    /** What a function needs for the given actions on items. */
    List<PolicyStatement> items(Collection<Set<String>> actions) {
        List<String> all = actions.stream().flatMap(Set::stream).toList();
        return List.of(
                Grants.allow(all, List.of(table.getTableArn())),
                key.through(
                        "dynamodb",
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                        "kms:GenerateDataKey",
                        "kms:DescribeKey"));
    }

    private static Attribute string(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
