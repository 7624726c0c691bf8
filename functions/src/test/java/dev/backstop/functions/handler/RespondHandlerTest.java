package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.Remakes;
import dev.backstop.functions.line.DriftWatch;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What answers findings. */
class RespondHandlerTest {
    private final HandlerStage stage = new HandlerStage();

    @Test
    void respondAnswersWithOutcomesAndLogsIdsOnly() throws IOException {
        JsonNode answer = stage.call(respond(), Json.write(deleted()));
        assertEquals("alert", answer.path(0).path("action").asText());
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(List.of("detected", "alerted"), stage.measured(), "nothing was to be contained");
        assertEquals(3, stage.logged.size(), "one line an outcome besides");
        assertTrue(stage.logged.getLast().contains("\"event\":\"e-DeleteBucket\""), stage.logged::toString);
        assertTrue(stage.logged.stream().noneMatch(line -> line.contains("ASIA")), stage.logged::toString);
    }

    @Test
    void theTimeUntilAllIsContainedIsMeasuredOnceItIs() throws IOException {
        Rule rule = Records.rule("role-policy-changed", "", Response.ALERT, Response.REVOKE);
        var record = Records.call("iam", "PutRolePolicy", "{\"roleName\":\"r\"}", "null");
        String input = Json.write(Detection.payload(rule, EventEnvelope.around(record)));
        stage.controls.set(Mode.OBSERVE);
        stage.call(respond(), input);
        assertEquals(List.of("detected", "alerted"), stage.measured(), "mode observe contains nothing");
        stage.controls.set(Mode.ENFORCE);
        stage.call(respond(), input);
        assertEquals(List.of("detected", "alerted", "detected", "alerted", "contained"), stage.measured());
        assertTrue(
                stage.logged.stream()
                        .map(Json::read)
                        .filter(line -> line.has("measure"))
                        .allMatch(line -> line.path("seconds").isNumber()),
                stage.logged::toString);
    }

    @Test
    void aHeartbeatIsAMeasureOfItsOwnAndNoFinding() throws IOException {
        String input = Json.write(Detection.payload(Heartbeat.RULE, EventEnvelope.around(Records.heartbeat())));
        assertEquals(List.of(), Json.items(stage.call(respond(), input)));
        assertEquals(List.of("heartbeat"), stage.measured());
        assertEquals(1, stage.logged.size(), stage.logged::toString);
    }

    @Test
    void respondRefusesWhatNoRuleSent() {
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> stage.call(respond(), "{\"detail\":{}}"));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("input: event: is missing"));
    }

    @Test
    void aFailedActionFailsTheInvocationSoThatLambdaTriesAgain() {
        Rule rule = Records.rule("role-policy-changed", "", Response.ALERT, Response.REVOKE);
        var record = Records.call("iam", "PutRolePolicy", "{\"roleName\":\"r\"}", "null");
        String input = Json.write(Detection.payload(rule, EventEnvelope.around(record)));
        RespondHandler broken = new RespondHandler(
                responder(order -> {
                    throw new IllegalStateException("throttled " + order.rule());
                }),
                RespondHandlerTest::noDrift,
                stage.remaker,
                _ -> {});
        assertThrows(ActionFailedException.class, () -> stage.call(broken, input));
        assertEquals(1, stage.outbox.alerts().size(), "people were told first");
    }

    @Test
    void whatIsMadeAgainIsAnsweredByWhoeverMayChangeIt() throws IOException {
        String order = Json.write(new Remakes.Order(List.of("e#r"), Mode.ENFORCE, "operator-1", Instant.MAX).toJson());
        assertEquals(0, stage.call(respond(), order).size(), "nothing was undone");
        assertEquals(
                "refused",
                stage.call(stage.revoke, order).path(0).path("status").asText(),
                "nobody claimed it");
        stage.journal.claim("e#r", "first", Duration.ofMinutes(1), Json.object());
        stage.journal.close("e#r", List.of());
        String kept =
                "[{\"kind\":\"StartInstance\",\"fields\":{\"resource\":{\"type\":\"AWS::EC2::Instance\",\"id\":\"i-1\","
                        + "\"region\":\"us-east-1\",\"account\":\"" + Records.ACCOUNT + "\"}}}]";
        stage.journal.note("e#r", "again: stop i-1", kept);
        JsonNode answer = stage.call(respond(), order);
        assertEquals("refused", answer.path(0).path("status").asText(), "the instance is gone");
        assertEquals("start i-1", answer.path(0).path("step").asText());
        String dryRun = order.replace("enforce", "observe");
        assertEquals(
                "this function changes nothing but IAM",
                stage.call(stage.revoke, dryRun).path(0).path("message").asText());
    }

    /** In the shape of https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html. */
    @Test
    void whatHasWaitedInAQueueIsAnsweredLikeWhatHasNot() throws IOException {
        ObjectNode event = Json.object();
        event.putArray("Records")
                .addObject()
                .put("messageId", "059f36b4-87a3-44ab-83d2-661975830a7d")
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", "arn:aws:sqs:us-east-1:111122223333:backstop-later")
                .put("body", Json.write(deleted()));
        stage.call(respond(), Json.write(event));
        assertEquals(1, stage.outbox.alerts().size());
    }

    private RespondHandler respond() {
        return new RespondHandler(
                responder(stage.revoker),
                RespondHandlerTest::noDrift,
                stage.remaker,
                line -> stage.logged.add(Json.write(line)));
    }

    private static DriftWatch noDrift() {
        throw new AssertionError("nothing asked for drift");
    }

    private Responder responder(KillSwitch killSwitch) {
        Line line = new Line(
                _ -> stage.aws,
                stage.sessions,
                stage.known.timeline(),
                stage.journal,
                stage.controls,
                new LocalHistory(),
                killSwitch,
                stage.reverter,
                new Restraints(new LocalBreaker(), new LocalForgedTags()),
                stage.outbox,
                stage.outbox);
        return new Responder(line, AgentSelector.DEFAULT, Limits.in(Records.ACCOUNT), HandlerStage.CLOCK, _ -> {});
    }

    private static JsonNode deleted() {
        var record = Records.call("s3", "DeleteBucket", "{\"bucketName\":\"b\"}", "null");
        return Detection.payload(Records.rule("bucket-deleted", "", Response.ALERT), EventEnvelope.around(record));
    }
}
