package dev.backstop.functions.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.contract.Samples;
import dev.backstop.functions.message.TopicMessage.Told;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is posted to Slack: as looked at, within Slack's limits, and with nothing in it that Slack would read as markup. */
class SlackMessageTest {
    private static final String ALARM = """
            {"AlarmName":"backstop-undelivered-not-empty","AlarmDescription":"Events wait in the queue.",
             "AWSAccountId":"123456789012","NewStateValue":"ALARM","NewStateReason":"Threshold Crossed: 1 datapoint (2.0)",
             "StateChangeTime":"2026-11-23T10:00:00.000+0000","Region":"EU (Ireland)","OldStateValue":"OK",
             "Trigger":{"MetricName":"ApproximateNumberOfMessagesVisible","Namespace":"AWS/SQS"}}""";
    private static final String GAVE_UP = """
            {"version":"1.0","timestamp":"2026-11-23T10:05:00.000Z","requestContext":{"requestId":"c9a1","functionArn":
             "arn:aws:lambda:eu-west-1:123456789012:function:backstop-respond:live","condition":"RetriesExhausted",
             "approximateInvokeCount":3},"requestPayload":{"event":{"detail":{"secretString":"hunter2"}}},
             "responseContext":{"statusCode":200,"executedVersion":"7","functionError":"Unhandled"},
             "responsePayload":{"errorMessage":"an action failed","errorType":"ActionFailedException"}}""";

    static Stream<String> kinds() {
        return Alerts.all().keySet().stream();
    }

    static Stream<String> hostile() {
        return MessageTest.hostile();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsAsLookedAt(String kind) throws IOException {
        ObjectNode payload = SlackMessage.of(new Told(Alerts.all().get(kind)));
        Golden.check("slack/" + kind + ".json", payload.toPrettyString() + "\n");
        assertEquals(List.of(), SlackRules.broken(payload));
    }

    @Test
    void whatAwsItselfSendsIsReadableToo() throws IOException {
        ObjectNode alarm = SlackMessage.of(TopicMessage.of("ALARM: \"backstop-undelivered-not-empty\"", ALARM));
        ObjectNode gaveUp = SlackMessage.of(TopicMessage.of("", GAVE_UP));
        ObjectNode other = SlackMessage.of(TopicMessage.of("", "not <JSON>"));
        Golden.check("slack/alarm.json", alarm.toPrettyString() + "\n");
        Golden.check("slack/gave-up.json", gaveUp.toPrettyString() + "\n");
        for (ObjectNode payload : List.of(alarm, gaveUp, other)) {
            assertEquals(List.of(), SlackRules.broken(payload));
        }
        assertFalse(Json.write(gaveUp).contains("hunter2"), "what was asked may hold secrets");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameIsTextAndNothingElse(String name) {
        ObjectNode payload = SlackMessage.of(new Told(Alerts.message(Alerts.hostile(name))));
        assertEquals(List.of(), SlackRules.broken(payload));
        ObjectNode honest = SlackMessage.of(new Told(Alerts.message(Alerts.hostile("honest"))));
        assertEquals(SlackRules.shape(honest), SlackRules.shape(payload));
        for (String url : payload.findValuesAsText("url")) {
            assertTrue(
                    url.startsWith(
                                    "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#SecurityGroup:groupId=")
                            || url.startsWith("https://github.com/acme/"),
                    url);
        }
        assertFalse(Plain.line(name).length() < 2_000 && Json.write(payload).contains("\\u001b"));
    }

    @Test
    void manyOutcomesAndLongValuesFit() {
        var outcome = Samples.outcome(Status.FAILED, "x".repeat(5_000));
        var many = Collections.nCopies(200, outcome).toArray(Outcome[]::new);
        Message message = Message.of(Samples.alert(many), Letterhead.PLAIN);
        ObjectNode payload = SlackMessage.of(new Told(message));
        assertEquals(List.of(), SlackRules.broken(payload));
        assertTrue(Json.write(payload).contains("And 194 more."));
    }
}
