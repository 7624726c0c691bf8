package dev.backstop.functions.message;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.securityhub.model.Resource;

/**
 * What an alert is about as resources of a finding: what was changed, and the role that the agent worked under.
 *
 * @param type one that Security Hub knows, or {@code Other}
 * @param arn how an ARN of this type goes on from its partition, up to the id; empty where the id alone does not make one,
 *     as with IAM, whose paths no record names
 */
record AsffResource(String type, String arn) {
    private static final int MOST_OF_AN_ID = 512;

    private static final AsffResource OTHER = new AsffResource("Other", "");

    private static final Map<String, AsffResource> KNOWN = Map.ofEntries(
            known("AWS::ApiGateway::RestApi", "AwsApiGatewayRestApi", ""),
            known("AWS::AutoScaling::AutoScalingGroup", "AwsAutoScalingAutoScalingGroup", ""),
            known("AWS::CloudFormation::Stack", "AwsCloudFormationStack", ""),
            known("AWS::CloudFront::Distribution", "AwsCloudFrontDistribution", ":cloudfront::ACCOUNT:distribution/"),
            known("AWS::CloudTrail::Trail", "AwsCloudTrailTrail", ":cloudtrail:REGION:ACCOUNT:trail/"),
            known("AWS::CloudWatch::Alarm", "AwsCloudWatchAlarm", ":cloudwatch:REGION:ACCOUNT:alarm:"),
            known("AWS::CodeBuild::Project", "AwsCodeBuildProject", ":codebuild:REGION:ACCOUNT:project/"),
            known("AWS::DynamoDB::Table", "AwsDynamoDbTable", ":dynamodb:REGION:ACCOUNT:table/"),
            known("AWS::EC2::Instance", "AwsEc2Instance", ":ec2:REGION:ACCOUNT:instance/"),
            known("AWS::EC2::LaunchTemplate", "AwsEc2LaunchTemplate", ":ec2:REGION:ACCOUNT:launch-template/"),
            known("AWS::EC2::NetworkAcl", "AwsEc2NetworkAcl", ":ec2:REGION:ACCOUNT:network-acl/"),
            known("AWS::EC2::NetworkInterface", "AwsEc2NetworkInterface", ":ec2:REGION:ACCOUNT:network-interface/"),
            known("AWS::EC2::RouteTable", "AwsEc2RouteTable", ":ec2:REGION:ACCOUNT:route-table/"),
            known("AWS::EC2::SecurityGroup", "AwsEc2SecurityGroup", ":ec2:REGION:ACCOUNT:security-group/"),
            known("AWS::EC2::Volume", "AwsEc2Volume", ":ec2:REGION:ACCOUNT:volume/"),
            known("AWS::EC2::VPC", "AwsEc2Vpc", ":ec2:REGION:ACCOUNT:vpc/"),
            known("AWS::ECR::Repository", "AwsEcrRepository", ":ecr:REGION:ACCOUNT:repository/"),
            known("AWS::ECS::Service", "AwsEcsService", ""),
            known("AWS::ECS::Task", "AwsEcsTask", ""),
            known("AWS::ECS::TaskDefinition", "AwsEcsTaskDefinition", ""),
            known("AWS::EKS::Cluster", "AwsEksCluster", ":eks:REGION:ACCOUNT:cluster/"),
            known("AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer", ""),
            known("AWS::GuardDuty::Detector", "AwsGuardDutyDetector", ":guardduty:REGION:ACCOUNT:detector/"),
            known("AWS::IAM::AccessKey", "AwsIamAccessKey", ""),
            known("AWS::IAM::Group", "AwsIamGroup", ""),
            known("AWS::IAM::ManagedPolicy", "AwsIamPolicy", ""),
            known("AWS::IAM::Role", "AwsIamRole", ""),
            known("AWS::IAM::User", "AwsIamUser", ""),
            known("AWS::KMS::Key", "AwsKmsKey", ""),
            known("AWS::Kinesis::Stream", "AwsKinesisStream", ":kinesis:REGION:ACCOUNT:stream/"),
            known("AWS::Lambda::Function", "AwsLambdaFunction", ":lambda:REGION:ACCOUNT:function:"),
            known("AWS::OpenSearchService::Domain", "AwsOpenSearchServiceDomain", ":es:REGION:ACCOUNT:domain/"),
            known("AWS::RDS::DBInstance", "AwsRdsDbInstance", ":rds:REGION:ACCOUNT:db:"),
            known("AWS::RDS::DBSnapshot", "AwsRdsDbSnapshot", ":rds:REGION:ACCOUNT:snapshot:"),
            known("AWS::Redshift::Cluster", "AwsRedshiftCluster", ":redshift:REGION:ACCOUNT:cluster:"),
            known("AWS::Route53::HostedZone", "AwsRoute53HostedZone", ""),
            known("AWS::S3::Bucket", "AwsS3Bucket", ":s3:::"),
            known("AWS::SNS::Topic", "AwsSnsTopic", ""),
            known("AWS::SQS::Queue", "AwsSqsQueue", ""),
            known("AWS::SecretsManager::Secret", "AwsSecretsManagerSecret", ""),
            known("AWS::StepFunctions::StateMachine", "AwsStepFunctionStateMachine", ""),
            known("AWS::WAFv2::WebACL", "AwsWafv2WebAcl", ""));

    /** The types that Security Hub is told by their own name. */
    static Set<String> types() {
        return KNOWN.values().stream().map(AsffResource::type).collect(Collectors.toSet());
    }

    /** At least one, as a finding must have. */
    static List<Resource> of(Message message, String partition) {
        String role = Plain.line(message.at("/session/role"));
        String id = Plain.line(message.at("/resource/id"));
        AsffResource known = KNOWN.getOrDefault(message.at("/resource/type"), OTHER);
        boolean same = known.type().equals("AwsIamRole") && role.endsWith("/" + id);
        List<Resource> named = Stream.of(
                        resource(known.type(), same ? "" : known.identifier(id, partition, message), "Target", message),
                        resource("AwsIamRole", role, "Actor", message))
                .filter(resource -> !resource.id().isBlank())
                .map(resource -> resource.toBuilder().partition(partition).build())
                .toList();
        return named.isEmpty() ? List.of(resource("Other", "unknown", "Target", message)) : named;
    }

    private String identifier(String id, String partition, Message message) {
        // Some records name the ARN itself, and some an address, which would make none.
        boolean whole = arn.isEmpty() || id.isBlank() || id.startsWith("arn:") || id.contains("://");
        return whole
                ? id
                : "arn:" + partition
                        + arn.replace("REGION", message.at("/event/region"))
                                .replace("ACCOUNT", message.at("/event/account"))
                        + id;
    }

    private static Resource resource(String type, String id, String role, Message message) {
        return Resource.builder()
                .type(type)
                .id(Plain.first(id, MOST_OF_AN_ID))
                .region(message.at("/event/region"))
                .resourceRole(role)
                .build();
    }

    private static Map.Entry<String, AsffResource> known(String ours, String type, String arn) {
        return Map.entry(ours, new AsffResource(type, arn));
    }
}
