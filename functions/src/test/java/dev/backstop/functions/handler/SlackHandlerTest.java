package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.handler.SlackPeer.Mood.HangsUp;
import dev.backstop.functions.handler.SlackPeer.Mood.Says;
import dev.backstop.functions.handler.SlackPeer.Mood.Silent;
import dev.backstop.functions.line.WebhookSender;
import dev.backstop.functions.message.Alerts;
import dev.backstop.functions.message.Message;
import dev.backstop.functions.sdk.HttpWebhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function against a peer over loopback: nothing is lost, and what comes twice is what is documented. */
class SlackHandlerTest {
    private final SlackPeer slack = new SlackPeer();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    SlackHandlerTest() throws IOException {}

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void anAlertIsPostedOnceAndTheAnswerReported() throws IOException {
        JsonNode answer = handle(Set.of("page", "notify"), alert());
        assertEquals(1, slack.taken().size());
        assertEquals(1, answer.path("posted").asInt());
        assertEquals(200, answer.path("status").asInt());
        assertEquals("ok", answer.path("answer").asText());
        assertFalse(String.join("", logged).contains("secret"), "the address is the secret");
    }

    @Test
    void tooManyAtOnceIsWaitedOutAsAsked() throws IOException {
        slack.moods(new Says(429, "rate_limited", "7"), new Says(429, "rate_limited", "3"));
        handle(Set.of("notify"), alert());
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(3)), waits);
        assertEquals(1, slack.taken().size());
    }

    @Test
    void aServersErrorAndABrokenLineAreTriedAgain() throws IOException {
        slack.moods(new Says(500, "server_error", ""), new HangsUp(), new Says(503, "service_unavailable", ""));
        handle(Set.of("notify"), alert());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), waits);
        assertEquals(1, slack.taken().size());
        assertEquals(4, slack.requests());
    }

    @Test
    void aLostAnswerIsTheOneCaseInWhichAMessageComesTwice() throws IOException {
        slack.moods(new Silent());
        handle(Set.of("notify"), alert());
        assertEquals(2, slack.taken().size());
        assertEquals(slack.taken().getFirst(), slack.taken().getLast());
    }

    @Test
    void whatCannotBeWaitedForIsLeftToLambdasRetry() {
        slack.moods(new Says(429, "rate_limited", "600"));
        IOException failure = assertThrows(IOException.class, () -> handle(Set.of("notify"), alert()));
        assertTrue(failure.getMessage().contains("429 rate_limited"), failure.getMessage());
        assertEquals(1, slack.requests());
        assertEquals(List.of(), waits);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void aRefusalIsNotRepeatedAndFailsTheFunction(int status) {
        slack.moods(new Says(status, "no_service", ""));
        assertThrows(IOException.class, () -> handle(Set.of("notify"), alert()));
        assertEquals(1, slack.requests());
    }

    @Test
    void blocksThatSlackFindsWrongAreToldInPlainWords() throws IOException {
        slack.moods(new Says(400, "invalid_blocks", ""));
        handle(Set.of("notify"), alert());
        JsonNode plain = slack.taken().getFirst();
        assertFalse(plain.has("blocks"));
        assertTrue(plain.path("text").asText().startsWith("[CRITICAL] sess_a8f3b21c opened sg-"), plain.toString());
    }

    @Test
    void whatIsLessUrgentThanAskedForIsNotPostedButAwssOwnMessagesAre() throws IOException {
        JsonNode answer = handle(Set.of("page"), alert());
        assertEquals(0, answer.path("posted").asInt());
        handle(Set.of("page"), "{\"AlarmName\":\"backstop-respond-errors\",\"NewStateValue\":\"ALARM\"}");
        handle(Set.of("page"), "plain words");
        assertEquals(2, slack.taken().size());
    }

    private static String alert() {
        Message message = Alerts.message(Alerts.contained());
        return Json.write(message.json());
    }

    private JsonNode handle(Set<String> urgencies, String message) throws IOException {
        HttpWebhook webhook = new HttpWebhook(slack::address, Duration.ofMillis(700));
        WebhookSender sender = new WebhookSender(webhook, () -> now, wait -> {
            waits.add(wait);
            now = now.plus(wait);
        });
        SlackHandler handler = new SlackHandler(sender, urgencies, line -> logged.add(Json.write(line)));
        ObjectNode event = Json.object();
        event.putArray("Records")
                .addObject()
                .putObject("Sns")
                .put("Subject", "subject")
                .put("MessageId", "m-1")
                .put("Message", message);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
                output,
                new TestContext());
        return Json.MAPPER.readTree(output.toByteArray());
    }
}
