package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.config.CfnConfigurationRecorder;
import software.amazon.awscdk.services.config.CfnDeliveryChannel;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * AWS Config's recorder for an account that has none in this Region; it takes one alone. It records what the rules and prior
 * state need and nothing else, since Config charges by the item.
 */
public final class ConfigRecorder extends Construct {
    private static final List<String> RECORDED = List.of(
            "AWS::CloudTrail::Trail",
            "AWS::EC2::Instance",
            "AWS::EC2::NetworkInterface",
            "AWS::EC2::SecurityGroup",
            "AWS::IAM::Role",
            "AWS::IAM::User",
            "AWS::RDS::DBInstance",
            "AWS::S3::Bucket");

    private final CfnConfigurationRecorder recorder;

    public ConfigRecorder(Construct scope, String id) {
        super(scope, id);
        Bucket bucket = LogBucket.of(this, "Items", "backstop-config");
        Role role = Role.Builder.create(this, "Role")
                .roleName("backstop-config")
                .description("What AWS Config may read to record it, and nothing else")
                .assumedBy(new ServicePrincipal("config.amazonaws.com"))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("service-role/AWS_ConfigRole")))
                .build();
        ServicePrincipal config = new ServicePrincipal("config.amazonaws.com");
        Map<String, Object> here = Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID));
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(config, role))
                .actions(List.of("s3:GetBucketAcl", "s3:ListBucket"))
                .resources(List.of(bucket.getBucketArn()))
                .build());
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(config))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(bucket.arnForObjects("AWSLogs/" + Aws.ACCOUNT_ID + "/Config/*")))
                .conditions(here)
                .build());
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(role))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(bucket.arnForObjects("AWSLogs/" + Aws.ACCOUNT_ID + "/Config/*")))
                .build());
        recorder = CfnConfigurationRecorder.Builder.create(this, "Recorder")
                .name("backstop-config")
                .roleArn(role.getRoleArn())
                .recordingGroup(CfnConfigurationRecorder.RecordingGroupProperty.builder()
                        .allSupported(false)
                        .includeGlobalResourceTypes(false)
                        .resourceTypes(RECORDED)
                        .build())
                .build();
        CfnDeliveryChannel channel = CfnDeliveryChannel.Builder.create(this, "Channel")
                .name("backstop-config")
                .s3BucketName(bucket.getBucketName())
                .build();
        channel.getNode().addDependency(bucket);
    }

    CfnConfigurationRecorder recorder() {
        return recorder;
    }
}
