package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.BackstopApp.Home;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.iam.IamRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

/** That the boundary reaches everything that the stacks deploy, so that what is added to them is not forgotten there. */
class GuardedResourcesTest {
    /** How each kind of resource is changed: {@code property with its name | action | beginning of its ARN}. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("AWS::CloudTrail::Trail", "TrailName | cloudtrail:StopLogging | trail/"),
            Map.entry("AWS::CloudWatch::Alarm", "AlarmName | cloudwatch:DeleteAlarms | alarm:"),
            Map.entry("AWS::CloudWatch::CompositeAlarm", "AlarmName | cloudwatch:DeleteAlarms | alarm:"),
            Map.entry(
                    "AWS::CloudWatch::Dashboard",
                    "DashboardName | cloudwatch:PutDashboard | arn:aws:cloudwatch::123456789012:dashboard/"),
            Map.entry("AWS::DynamoDB::Table", "TableName | dynamodb:DeleteTable | table/"),
            Map.entry("AWS::Events::ApiDestination", "Name | events:UpdateApiDestination | api-destination/"),
            Map.entry("AWS::Events::Connection", "Name | events:UpdateConnection | connection/"),
            Map.entry("AWS::Events::Rule", "Name | events:DisableRule | rule/"),
            Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName | iam:CreatePolicyVersion | policy"),
            Map.entry("AWS::IAM::Role", "RoleName | iam:PutRolePolicy | role"),
            Map.entry("AWS::KMS::Alias", "AliasName | kms:DeleteAlias | "),
            Map.entry("AWS::Lambda::Function", "FunctionName | lambda:UpdateFunctionCode | function:"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName | logs:DeleteLogGroup | log-group:"),
            Map.entry("AWS::S3::Bucket", "BucketName | s3:DeleteBucket | "),
            Map.entry("AWS::SNS::Topic", "TopicName | sns:DeleteTopic | "),
            Map.entry("AWS::SQS::Queue", "QueueName | sqs:DeleteQueue | "));

    /** Parts of the above, changed by actions on those, and the feed and the key, which have statements of their own. */
    private static final Set<String> PARTS = Set.of(
            // The evaluator knows no resources of Amazon Q Developer in chat applications.
            "AWS::Chatbot::CustomAction",
            "AWS::Chatbot::SlackChannelConfiguration",
            "AWS::KMS::Key",
            "AWS::Lambda::Alias",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::EventSourceMapping",
            // A function keeps its layer's version, whoever deletes it.
            "AWS::Lambda::LayerVersion",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version",
            "AWS::Logs::MetricFilter",
            "AWS::Logs::ResourcePolicy",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::QueuePolicy");

    @Test
    void everythingDeployedIsOutOfAnAgentsReach() {
        Map<String, Object> context = new HashMap<>(AlertChannelsTest.ALL);
        context.putAll(Map.of("trail", "create", "alertEmail", "oncall@example.com"));
        Stack home = BackstopApp.build(
                Synthesized.app(context), new Home(Synthesized.ACCOUNT.id(), "eu-west-1"), Synthesized.CODE);
        Synthesized stack = Synthesized.of(home);
        List<String> calls = new ArrayList<>();
        for (Synthesized one :
                List.of(stack, Synthesized.of(home.getDependencies().getFirst()))) {
            one.resources().forEach(resource -> {
                String type = resource.path("Type").asText();
                assertTrue(CHANGES.containsKey(type) || PARTS.contains(type), "how is a " + type + " changed?");
                if (CHANGES.containsKey(type)) {
                    calls.add(change(CHANGES.get(type).split(" \\| ", -1), resource.path("Properties")));
                }
            });
        }
        for (Stack deployed : List.of(home, home.getDependencies().getFirst())) {
            calls.add("denied | cloudformation:SetStackPolicy | stack/" + deployed.getStackName() + "/1");
        }
        assertTrue(calls.size() > 40, calls.toString());
        JsonNode boundary = stack.managedPolicy(AgentSelector.BOUNDARY_NAME);
        Calls.of(String.join("\n", calls)).judge(new Caller("deployer", List.of(IamRequest.EVERYTHING), boundary));
    }

    private static String change(String[] how, JsonNode properties) {
        boolean identity = how[1].startsWith("iam:");
        String path = identity ? properties.path("Path").asText("/") : "";
        // The trail's bucket is called by part of the stack's id, and some policies by nobody: both are made up here.
        String name = properties.path(how[0]).asText("made-up").replaceFirst("\\{.*", "1");
        return "denied | " + how[1] + " | " + how[2] + path + name;
    }
}
