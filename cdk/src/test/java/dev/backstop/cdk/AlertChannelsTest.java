package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Machine;

/** The channels beyond e-mail: what is deployed of each, and what reaches it. */
class AlertChannelsTest {
    /** Every channel at once. */
    static final Map<String, Object> ALL = Map.of(
            "slackWebhookSecret", "backstop-slack",
            "chatWorkspace", "T0123ABCD",
            "chatChannel", "C0123ABCD",
            "pagerDutySecret", "backstop-pagerduty",
            "httpsEndpoint", "https://alerts.example.com/backstop",
            "httpsSecret", "backstop-https",
            "securityHub", "true",
            "runbook", "https://wiki.example.com/backstop");

    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(ALL);
    }

    @Test
    void nothingButTheEventLogIsThereUnlessConfigured() {
        Synthesized plain = Synthesized.home(Map.of());
        for (String type : List.of(
                "AWS::Events::ApiDestination", "AWS::Events::Connection", "AWS::Chatbot::SlackChannelConfiguration")) {
            assertTrue(plain.ofType(type).isEmpty(), type);
        }
        assertFalse(plain.json().contains("backstop-slack"));
        assertFalse(plain.json().contains("security-hub"));
        assertEquals(
                List.of("backstop"),
                Json.values(plain.named("AWS::Events::Rule", "Name", "backstop-events"), "EventPattern.source"));
        JsonNode policy = Json.read(
                plain.only("AWS::Logs::ResourcePolicy").path("PolicyDocument").asText());
        assertEquals(
                "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/backstop-events:*",
                policy.at("/Statement/0/Resource").asText());
        assertEquals(
                90,
                plain.named("AWS::Logs::LogGroup", "LogGroupName", "/aws/events/backstop-events")
                        .path("RetentionInDays")
                        .asInt());
    }

    @Test
    void slackIsPostedToByASmallFunctionOnTheTopicWhoseFailuresDoNotGoThere() {
        JsonNode function = stack.named("AWS::Lambda::Function", "FunctionName", "backstop-slack");
        assertEquals(
                "backstop-slack",
                function.at("/Environment/Variables/BACKSTOP_SLACK_SECRET").asText());
        assertEquals(
                "notify,page",
                function.at("/Environment/Variables/BACKSTOP_SLACK_URGENCIES").asText());
        List<JsonNode> statements = stack.statements("backstop-slack");
        assertTrue(
                statements.stream()
                        .anyMatch(
                                statement -> Json.values(statement, "Action").contains("secretsmanager:GetSecretValue")
                                        && Json.values(statement, "Resource")
                                                .equals(
                                                        List.of(
                                                                "arn:aws:secretsmanager:us-east-1:123456789012:secret:backstop-slack-??????"))),
                statements.toString());
        assertFalse(statements.toString().contains("sns:Publish"), "it would be told of its own failures");
        JsonNode settings = stack.ofType("AWS::Lambda::EventInvokeConfig").entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("ChannelsSlack"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertTrue(
                settings.at("/DestinationConfig/OnFailure/Destination").asText().startsWith("ChannelsSlackFailed"),
                settings.toString());
        stack.named("AWS::CloudWatch::Alarm", "AlarmName", "backstop-slack-failed-not-empty");
        JsonNode subscription = stack.ofType("AWS::SNS::Subscription").values().stream()
                .filter(each -> each.path("Protocol").asText().equals("lambda"))
                .findFirst()
                .orElseThrow();
        assertFalse(subscription.has("FilterPolicy"), "alarms have no attributes, and would not pass");
    }

    @Test
    void securityHubGetsFindingsOfOneProductAndWhatItDoesNotTakeWaits() {
        List<JsonNode> statements = stack.statements("backstop-security-hub").stream()
                .filter(statement -> Json.values(statement, "Action").toString().contains("securityhub"))
                .toList();
        assertEquals(1, statements.size());
        assertEquals(List.of("securityhub:BatchImportFindings"), Json.values(statements.getFirst(), "Action"));
        assertEquals(
                List.of("arn:aws:securityhub:us-east-1:123456789012:product/123456789012/default"),
                Json.values(statements.getFirst(), "Resource"));
        JsonNode settings = stack.ofType("AWS::Lambda::EventInvokeConfig").entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("ChannelsSecurityHub"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertTrue(
                settings.at("/DestinationConfig/OnFailure/Destination")
                        .asText()
                        .startsWith("ChannelsSecurityHubFailed"),
                settings.toString());
        stack.named("AWS::CloudWatch::Alarm", "AlarmName", "backstop-security-hub-failed-not-empty");
        JsonNode rule = stack.named("AWS::Events::Rule", "Name", "backstop-security-hub");
        assertEquals(
                stack.alias("backstop-security-hub"), rule.at("/Targets/0/Arn").asText());
        assertTrue(rule.at("/Targets/0").has("DeadLetterConfig"));
        Synthesized routed = Synthesized.home(
                Map.of("securityHub", "true", "routes", "{\"channel\":{\"security-hub\":[\"page\"]}}"));
        assertEquals(
                List.of("page"),
                Json.values(
                        routed.named("AWS::Events::Rule", "Name", "backstop-security-hub"),
                        "EventPattern.detail.urgency"));
    }

    @Test
    void theSecretsOfDestinationsAreReferencesAndNeverInTheTemplate() {
        JsonNode connection = stack.named("AWS::Events::Connection", "Name", "backstop-pagerduty");
        String reference = "{{resolve:secretsmanager:backstop-pagerduty:SecretString:::}}";
        assertEquals(
                reference,
                connection
                        .at("/AuthParameters/ApiKeyAuthParameters/ApiKeyValue")
                        .asText());
        JsonNode field = connection.at("/AuthParameters/InvocationHttpParameters/BodyParameters/0");
        assertEquals("routing_key", field.path("Key").asText());
        assertEquals(reference, field.path("Value").asText());
        assertTrue(field.path("IsValueSecret").asBoolean());
        assertEquals(
                List.of("events:InvokeApiDestination"),
                Json.values(stack.statements("backstop-https").getFirst(), "Action"));
    }

    @ParameterizedTest
    @CsvSource({
        "backstop-pagerduty,         page,   false, true",
        "backstop-pagerduty,         notify, false, false",
        "backstop-pagerduty,         page,   true,  false",
        "backstop-pagerduty-resolve, notify, true,  true",
        "backstop-pagerduty-resolve, page,   false, false",
        "backstop-https,             notify, false, true",
        "backstop-https,             record, false, false",
        "backstop-security-hub,      notify, false, true",
        "backstop-security-hub,      page,   false, true",
        "backstop-security-hub,      page,   true,  false"
    })
    void aRuleLetsThroughWhatItsChannelHearsOf(String rule, String urgency, boolean closing, boolean through)
            throws Exception {
        Machine machine = Machine.builder().build();
        machine.addRule(
                rule, Json.write(stack.named("AWS::Events::Rule", "Name", rule).path("EventPattern")));
        String event = """
                {"source":"backstop","account":"123456789012","detail-type":"Backstop Alert",
                 "detail":{"urgency":"%s","incident":{"closing":%s}}}""".formatted(urgency, closing);
        assertEquals(through, !machine.rulesForJSONEvent(event).isEmpty());
        assertTrue(machine.rulesForJSONEvent(event.replace("\"123456789012\"", "\"999999999999\""))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slackWebhookSecret | https://hooks.slack.com/services/T/B/x | expected the name or ARN of a secret",
                "chatWorkspace      | T0123ABCD | context.chatChannel: is missing: it goes with chatWorkspace",
                "chatChannel        | #alerts   | expected the id of a Slack channel",
                "httpsEndpoint      | http://x.example.com | expected an address that begins with https://",
                "httpsEndpoint      | https://x.example.com/ | context.httpsSecret: is missing",
                "httpsHeader        | X: y      | expected the name of an HTTP header"
            })
    void aWrongValueIsOneErrorThatNamesTheKey(String key, String value, String error) {
        BadInputException wrong = assertThrows(BadInputException.class, () -> Synthesized.home(Map.of(key, value)));
        assertTrue(String.valueOf(wrong.getMessage()).contains(error), wrong.getMessage());
        assertTrue(String.valueOf(wrong.getMessage()).contains("cdk.json"), wrong.getMessage());
    }
}
