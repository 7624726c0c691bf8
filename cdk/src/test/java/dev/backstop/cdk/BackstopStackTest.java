package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Runbook;
import dev.backstop.core.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackstopStackTest {
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(Map.of("alertEmail", "oncall@example.com", "trail", "create"));
    }

    @Test
    void everyNameBeginsSoThatABoundaryCanProtectThemByPrefix() {
        Map<String, String> names = Map.of(
                "AWS::Events::Rule", "Name",
                "AWS::Lambda::Function", "FunctionName",
                "AWS::IAM::Role", "RoleName",
                "AWS::SNS::Topic", "TopicName",
                "AWS::SQS::Queue", "QueueName",
                "AWS::CloudWatch::Alarm", "AlarmName",
                "AWS::CloudWatch::Dashboard", "DashboardName",
                "AWS::CloudTrail::Trail", "TrailName",
                "AWS::S3::Bucket", "BucketName");
        names.forEach((type, field) -> {
            assertFalse(stack.ofType(type).isEmpty(), type);
            stack.ofType(type).values().forEach(properties -> {
                String name = properties.path(field).asText();
                assertTrue(name.startsWith("backstop-"), type + " " + name);
            });
        });
        assertEquals(
                "backstop", stack.only("AWS::DynamoDB::Table").path("TableName").asText());
    }

    @Test
    void theKeyLetsAlarmsPublish() {
        Map<String, JsonNode> byService = Json.items(stack.only("AWS::KMS::Key").at("/KeyPolicy/Statement")).stream()
                .filter(statement -> statement.path("Principal").has("Service"))
                .collect(Collectors.toMap(
                        statement -> statement.at("/Principal/Service").asText(), statement -> statement));
        assertEquals(
                Set.of("cloudwatch.amazonaws.com", "events.amazonaws.com", "sns.amazonaws.com"), byService.keySet());
        JsonNode alarms = byService.get("cloudwatch.amazonaws.com");
        assertEquals(List.of("kms:Decrypt", "kms:GenerateDataKey*"), Json.values(alarms, "Action"));
        assertEquals(
                "123456789012",
                alarms.at("/Condition/StringEquals/aws:SourceAccount").asText());
        assertFalse(byService.get("events.amazonaws.com").has("Condition"), "EventBridge sends no such keys");
    }

    @Test
    void alarmsReachTheTopicByThemselvesAndSayWhereToReadOn() {
        String topic = stack.ofType("AWS::SNS::Topic").keySet().iterator().next();
        Set<String> sections = Arrays.stream(Runbook.values())
                .map(section -> section.link(Runbook.PAGE))
                .collect(Collectors.toSet());
        Set<String> names = new TreeSet<>();
        for (JsonNode alarm : stack.ofType("AWS::CloudWatch::Alarm").values()) {
            if (alarm.path("AlarmName").asText().equals("backstop-heartbeat-silent")) {
                continue;
            }
            names.add(alarm.path("AlarmName").asText());
            assertEquals(List.of(topic), Json.values(alarm, "AlarmActions"));
            assertEquals("notBreaching", alarm.path("TreatMissingData").asText());
            String description = alarm.path("AlarmDescription").asText();
            assertTrue(sections.contains(description.replaceFirst(".* ", "")), description);
        }
        assertEquals(17, names.size(), "and so many the cost of a month counts: bench's Cost");
        assertTrue(names.containsAll(Set.of(
                "backstop-undelivered-not-empty",
                "backstop-activity-failed-not-empty",
                "backstop-activity-stuck",
                "backstop-drill-failed",
                "backstop-kill-not-effective",
                "backstop-respond-errors",
                "backstop-respond-throttles")));
        assertTrue(Json.write(stack.only("AWS::SNS::TopicPolicy")).contains("cloudwatch.amazonaws.com"));
    }

    @Test
    void silenceMustLastBeforeItWakesAnybodySoThatAFreshStackDoesNot() {
        JsonNode silent = stack.named("AWS::CloudWatch::Alarm", "AlarmName", "backstop-heartbeat-silent");
        assertEquals("breaching", silent.path("TreatMissingData").asText());
        assertEquals("SampleCount", silent.path("Statistic").asText());
        assertTrue(silent.path("AlarmActions").isEmpty(), "it tells nobody");
        JsonNode missing = stack.only("AWS::CloudWatch::CompositeAlarm");
        assertEquals("backstop-heartbeat-missing", missing.path("AlarmName").asText());
        assertTrue(missing.path("AlarmRule").asText().startsWith("ALARM("), missing::toString);
        assertEquals(
                List.of(stack.ofType("AWS::SNS::Topic").keySet().iterator().next()),
                Json.values(missing, "AlarmActions"));
        int patience = missing.path("ActionsSuppressorWaitPeriod").asInt();
        assertEquals(1_800, patience);
        assertTrue(missing.path("ActionsSuppressor").asText().contains("backstoprespond"), missing::toString);
        assertTrue(missing.path("AlarmDescription").asText().endsWith(Runbook.HEARTBEAT_MISSING.link(Runbook.PAGE)));
        JsonNode call = stack.named("AWS::Events::Rule", "Name", "backstop-heartbeat-call");
        assertEquals("rate(10 minutes)", call.path("ScheduleExpression").asText(), "three fit into the patience");
        assertEquals(600, silent.path("Period").asInt(), "one fits into a period");
    }

    @Test
    void fewMetricsAreReadFromTheLogsOfTheFunctionsThatWriteThem() {
        Map<String, String> logGroups = stack.ofType("AWS::Logs::MetricFilter").values().stream()
                .collect(Collectors.toMap(
                        filter ->
                                filter.at("/MetricTransformations/0/MetricName").asText(),
                        filter -> filter.path("LogGroupName").asText()));
        long metrics = stack.ofType("AWS::Logs::MetricFilter").values().stream()
                .mapToLong(filter ->
                        filter.at("/MetricTransformations/0/Dimensions").isEmpty() ? 1 : Severity.values().length)
                .sum();
        assertEquals(15, metrics, "at most 20, and so many the cost of a month counts: bench's Cost");
        assertTrue(String.valueOf(logGroups.get("Findings")).contains("Respond"), logGroups::toString);
        assertTrue(String.valueOf(logGroups.get("SecondsFromCallToDenied")).contains("Revoke"), logGroups::toString);
        assertTrue(
                String.valueOf(logGroups.get("SecondsFromDeniedToRefused")).contains("Sessions"), logGroups::toString);
    }

    @Test
    void theDashboardShowsEveryMetricOfTheGuardAndAsksTheRestOfItsLogs() {
        JsonNode dashboard = stack.only("AWS::CloudWatch::Dashboard");
        assertEquals("backstop-guard", dashboard.path("DashboardName").asText());
        String body = dashboard.path("DashboardBody").asText();
        stack.ofType("AWS::Logs::MetricFilter").values().forEach(filter -> {
            String metric = filter.at("/MetricTransformations/0/MetricName").asText();
            assertTrue(
                    metric.equals("DrillsFailed") || body.contains("\"Backstop\",\"" + metric + "\""),
                    metric + " costs something and is shown nowhere: " + body);
        });
        for (String statistic : List.of("p50", "p90", "p99")) {
            assertTrue(body.contains("\"stat\":\"" + statistic + "\""), statistic);
        }
        assertTrue(body.contains("by severity, rule"), body);
        assertTrue(body.contains("ApproximateNumberOfMessagesVisible"), body);
    }

    @Test
    void theEmailIsSubscribed() {
        JsonNode subscription = stack.only("AWS::SNS::Subscription");
        assertEquals("email", subscription.path("Protocol").asText());
        assertEquals("oncall@example.com", subscription.path("Endpoint").asText());
        assertTrue(stack.outputs().at("/Alerts/Value").asText().contains("Confirm"));
    }

    @Test
    void theTableKeepsWhatItIsToldAndForgetsWhatItMay() {
        JsonNode table = stack.only("AWS::DynamoDB::Table");
        assertEquals("ttl", table.at("/TimeToLiveSpecification/AttributeName").asText());
        assertEquals("PAY_PER_REQUEST", table.path("BillingMode").asText());
        assertTrue(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean());
        assertTrue(table.at("/SSESpecification/SSEEnabled").asBoolean());
        assertEquals(List.of("pk", "sk"), Json.values(table, "KeySchema.AttributeName"));
    }

    @Test
    void sessionRecordsComeInBatchesThatFailOneByOne() {
        JsonNode mapping = stack.only("AWS::Lambda::EventSourceMapping");
        assertEquals(
                stack.alias("backstop-sessions"), mapping.path("FunctionName").asText());
        assertEquals(List.of("ReportBatchItemFailures"), Json.values(mapping, "FunctionResponseTypes"));
        JsonNode activity = stack.named("AWS::SQS::Queue", "QueueName", "backstop-activity");
        assertEquals(360, activity.path("VisibilityTimeout").asInt());
        assertTrue(activity.at("/RedrivePolicy/deadLetterTargetArn").asText().startsWith("SessionFeedFailed"));
    }

    @Test
    void aTrailIsMadeWhereAskedFor() {
        JsonNode trail = stack.only("AWS::CloudTrail::Trail");
        assertTrue(trail.path("IsMultiRegionTrail").asBoolean());
        assertTrue(trail.path("IncludeGlobalServiceEvents").asBoolean());
        assertTrue(trail.path("EnableLogFileValidation").asBoolean());
        assertTrue(trail.path("IsLogging").asBoolean());
        assertEquals("All", trail.at("/EventSelectors/0/ReadWriteType").asText());
        assertEquals(
                1,
                stack.only("AWS::S3::Bucket")
                        .at("/LifecycleConfiguration/Rules")
                        .size());
        assertTrue(Synthesized.home(Map.of()).ofType("AWS::CloudTrail::Trail").isEmpty());
    }

    @Test
    void onlyTheTrailsEvidenceOutlivesTheStack() {
        stack.resources().properties().forEach(entry -> {
            boolean kept = entry.getValue().path("DeletionPolicy").asText().equals("Retain");
            assertEquals(entry.getValue().path("Type").asText().equals("AWS::S3::Bucket"), kept, entry.getKey());
        });
    }
}
