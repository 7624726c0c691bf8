package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.port.CallHistory;
import dev.backstop.functions.line.DriftRules;
import dev.backstop.functions.sdk.CloudTrailCalls;
import dev.backstop.functions.sdk.ConfigEvaluations;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.SdkWatchers;
import dev.backstop.remediations.Remediations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

class DriftDetectionTest {
    private static Synthesized existing;
    private static Synthesized created;

    @BeforeAll
    static void synthesize() {
        existing = Synthesized.home(Map.of("config", "existing-recorder", "allowedTcpPorts", "443"));
        created = Synthesized.home(Map.of("config", "create"));
    }

    @Test
    void offMakesNothingOfIt() {
        Synthesized off = Synthesized.home(Map.of());
        assertTrue(off.ofType("AWS::Config::ConfigRule").isEmpty());
        assertTrue(off.ofType("AWS::Lambda::Function").values().stream()
                .noneMatch(function -> function.path("FunctionName").asText().equals("backstop-evaluate")));
        assertFalse(off.statements("backstop-baseline").toString().contains("DeleteItem"));
    }

    @Test
    void twoRulesAreFunctionsAndHearOfLargeItemsToo() {
        for (String name : List.of("backstop-security-group-baseline", "backstop-instance-baseline")) {
            JsonNode rule = existing.named("AWS::Config::ConfigRule", "ConfigRuleName", name);
            assertEquals("CUSTOM_LAMBDA", rule.at("/Source/Owner").asText());
            assertEquals(
                    existing.alias("backstop-evaluate"),
                    rule.at("/Source/SourceIdentifier").asText());
            assertEquals(
                    List.of("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"),
                    Json.values(rule, "Source.SourceDetails.MessageType"));
            assertEquals(1, rule.at("/Scope/ComplianceResourceTypes").size());
        }
        JsonNode permission = existing.named("AWS::Lambda::Permission", "Principal", "config.amazonaws.com");
        assertEquals("123456789012", permission.path("SourceAccount").asText());
        assertEquals(
                existing.alias("backstop-evaluate"),
                permission.path("FunctionName").asText());
    }

    @Test
    void awssOwnRulesGetWhatIsConfigured() {
        assertEquals(
                Set.of(
                        "CLOUD_TRAIL_ENABLED",
                        "DESIRED_INSTANCE_TYPE",
                        "EC2_IMDSV2_CHECK",
                        "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
                        "S3_BUCKET_PUBLIC_READ_PROHIBITED",
                        "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
                        "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"),
                existing.ofType("AWS::Config::ConfigRule").values().stream()
                        .filter(rule -> rule.at("/Source/Owner").asText().equals("AWS"))
                        .map(rule -> rule.at("/Source/SourceIdentifier").asText())
                        .collect(Collectors.toSet()));
        assertEquals(
                "443",
                existing.named("AWS::Config::ConfigRule", "ConfigRuleName", "backstop-open-ports")
                        .at("/InputParameters/authorizedTcpPorts")
                        .asText());
        assertEquals(
                "t3.micro,t3.small,t3.medium",
                existing.named("AWS::Config::ConfigRule", "ConfigRuleName", "backstop-desired-instance-type")
                        .at("/InputParameters/instanceType")
                        .asText());
    }

    @Test
    void aRecorderIsMadeWhereAskedForAndRecordsNoMoreThanIsNeeded() {
        assertTrue(existing.ofType("AWS::Config::ConfigurationRecorder").isEmpty());
        JsonNode recorder = created.only("AWS::Config::ConfigurationRecorder");
        assertFalse(recorder.at("/RecordingGroup/AllSupported").asBoolean());
        assertTrue(Json.values(recorder, "RecordingGroup.ResourceTypes")
                .containsAll(List.of("AWS::EC2::Instance", "AWS::EC2::SecurityGroup", "AWS::S3::Bucket")));
        assertTrue(created.json().contains("service-role/AWS_ConfigRole"));
    }

    /** An event in the shape of https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html. */
    @Test
    void whatBreaksARuleReachesRespond() throws Exception {
        Machine machine = Machine.builder().build();
        for (String name : List.of("backstop-drift", "backstop-config-rules")) {
            JsonNode rule = existing.named("AWS::Events::Rule", "Name", name);
            machine.addRule(name, Json.write(rule.path("EventPattern")));
            JsonNode target = rule.path("Targets").path(0);
            assertEquals(existing.alias("backstop-respond"), target.path("Arn").asText());
        }
        assertEquals("{\"drift\":<aws.events.event.json>}", template("backstop-drift"));
        assertEquals(
                "{\"drift\":<aws.events.event.json>,\"allowed\":{\"instanceTypes\":[\"t3.micro\",\"t3.small\",\"t3.medium\"],"
                        + "\"tcpPorts\":[443]}}",
                template("backstop-config-rules"));
        assertEquals(
                List.of("backstop-drift"),
                machine.rulesForJSONEvent(event("backstop-instance-baseline", "NON_COMPLIANT", "null")));
        assertEquals(List.of(), machine.rulesForJSONEvent(event("backstop-instance-baseline", "COMPLIANT", "null")));
        assertEquals(
                List.of("backstop-config-rules"),
                machine.rulesForJSONEvent(
                        event("backstop-open-ports", "NON_COMPLIANT", "{\"complianceType\":\"COMPLIANT\"}")));
        assertEquals(
                List.of(),
                machine.rulesForJSONEvent(event("backstop-open-ports", "NON_COMPLIANT", "null")),
                "what never kept to it");
        assertEquals(List.of(), machine.rulesForJSONEvent(event("somebody-elses", "NON_COMPLIANT", "null")));
    }

    @Test
    void whatTheEventHistoryIsAskedOfWaitsUntilThatMustKnow() throws Exception {
        JsonNode queue = existing.named("AWS::SQS::Queue", "QueueName", "backstop-later");
        assertEquals(CallHistory.BEHIND.toSeconds(), queue.path("DelaySeconds").asLong());
        assertEquals(660, queue.path("VisibilityTimeout").asInt(), "no less than the function takes");
        assertTrue(queue.at("/RedrivePolicy/deadLetterTargetArn").asText().startsWith("Undelivered"));
        JsonNode mapping =
                existing.named("AWS::Lambda::EventSourceMapping", "FunctionName", existing.alias("backstop-respond"));
        assertEquals(1, mapping.path("BatchSize").asInt());
        assertEquals(2, mapping.at("/ScalingConfig/MaximumConcurrency").asInt());
        assertTrue(allowed("backstop-respond").contains("sqs:ReceiveMessage"));

        JsonNode rule = existing.named("AWS::Events::Rule", "Name", "backstop-config-rules-later");
        assertEquals(
                mapping.path("EventSourceArn").asText(),
                rule.path("Targets").path(0).path("Arn").asText());
        assertEquals(template("backstop-config-rules"), template("backstop-config-rules-later"));
        Machine machine = Machine.builder().build();
        machine.addRule("later", Json.write(rule.path("EventPattern")));
        String kept = "{\"complianceType\":\"COMPLIANT\"}";
        for (String name : List.of("bucket-public-read", "bucket-public-write", "database-public")) {
            assertEquals(List.of("later"), machine.rulesForJSONEvent(event("backstop-" + name, "NON_COMPLIANT", kept)));
        }
        assertEquals(List.of(), machine.rulesForJSONEvent(event("backstop-trail-enabled", "NON_COMPLIANT", kept)));
    }

    @Test
    void tagsOfAnybodyReachTheBaselines() throws Exception {
        Machine machine = Machine.builder().build();
        JsonNode rule = existing.named("AWS::Events::Rule", "Name", "backstop-approved");
        machine.addRule("approved", Json.write(rule.path("EventPattern")));
        String event = """
                {"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","detail":{"eventName":"CreateTags",
                 "requestParameters":{"resourcesSet":{"items":[{"resourceId":"sg-1"}]},
                 "tagSet":{"items":[{"key":"Name","value":"x"},{"key":"%s","value":"y"}]}}}}""";
        assertEquals(List.of("approved"), machine.rulesForJSONEvent(event.formatted("backstop:approved")));
        assertEquals(List.of(), machine.rulesForJSONEvent(event.formatted("backstop:restart")));
        assertEquals(
                existing.alias("backstop-baseline"),
                rule.path("Targets").path(0).path("Arn").asText());
        assertEquals(
                "{\"drift\":\"sweep\"}",
                existing.named("AWS::Events::Rule", "Name", "backstop-drift-sweep")
                        .path("Targets")
                        .path(0)
                        .path("Input")
                        .asText());
    }

    @Test
    void whoDoesWhatMayDoThatAndNoMore() {
        Set<String> putsBack = DriftRules.remediations().stream()
                .flatMap(id -> Remediations.named(id).stream())
                .flatMap(remediation -> remediation.permissions().stream())
                .map(Permission::action)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(allowed("backstop-respond").containsAll(putsBack));
        assertTrue(allowed("backstop-respond").containsAll(CloudTrailCalls.ACTIONS));
        assertTrue(allowed("backstop-respond").containsAll(SdkWatchers.TRAIL_ACTIONS));
        assertTrue(allowed("backstop-baseline").containsAll(EventBridgeBus.ACTIONS), "alerts of refused approvals");
        assertTrue(allowed("backstop-evaluate").containsAll(ConfigEvaluations.ACTIONS));
        assertEquals(
                Set.of(),
                allowed("backstop-evaluate").stream()
                        .filter(action -> action.startsWith("ec2:") || action.startsWith("dynamodb:Put"))
                        .collect(Collectors.toSet()));
        assertTrue(allowed("backstop-baseline").containsAll(DynamoApprovals.ACTIONS));
        int characters = existing.statements("backstop-respond").stream()
                .mapToInt(statement -> Json.write(statement).length())
                .sum();
        assertTrue(characters < 10_000, characters + " of 10,240 characters");
    }

    private static String template(String name) {
        return existing.named("AWS::Events::Rule", "Name", name)
                .at("/Targets/0/InputTransformer/InputTemplate")
                .asText();
    }

    private static Set<String> allowed(String role) {
        return existing.statements(role).stream()
                .flatMap(statement -> Json.values(statement, "Action").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String event(String rule, String now, String before) {
        return """
                {"source":"aws.config","detail-type":"Config Rules Compliance Change","detail":{
                 "messageType":"ComplianceChangeNotification","configRuleName":"%s","resourceType":"AWS::EC2::Instance",
                 "resourceId":"i-1","awsRegion":"us-east-1","awsAccountId":"123456789012",
                 "newEvaluationResult":{"complianceType":"%s"},"oldEvaluationResult":%s}}""".formatted(rule, now, before);
    }
}
