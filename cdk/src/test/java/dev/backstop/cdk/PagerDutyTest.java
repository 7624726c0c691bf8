package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.backstop.core.Json;
import dev.backstop.functions.message.Alerts;
import dev.backstop.functions.message.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What EventBridge makes of an alert by the deployed transformer, posted to a peer that holds it to PagerDuty's document. */
class PagerDutyTest {
    private static final Pattern VARIABLE = Pattern.compile("<([a-z]+)>");

    private static Synthesized stack;

    private final List<JsonNode> events = new ArrayList<>();
    private final HttpServer pagerDuty =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    PagerDutyTest() throws IOException {
        pagerDuty.createContext("/v2/enqueue", exchange -> {
            JsonNode event = Json.MAPPER.readTree(exchange.getRequestBody());
            List<String> errors = errors(event);
            if (errors.isEmpty()) {
                events.add(event);
            }
            byte[] said = Json.write(Json.object()
                            .put("status", errors.isEmpty() ? "success" : "invalid event")
                            .put("message", errors.toString()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(errors.isEmpty() ? 202 : 400, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        pagerDuty.start();
    }

    @AfterEach
    void stop() {
        pagerDuty.stop(0);
    }

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(AlertChannelsTest.ALL);
    }

    static Stream<String> hostile() {
        return Stream.of(
                "a \"quoted\" name\\",
                "\", \"event_action\": \"resolve",
                "<subject> <detail>",
                "line\nbreak\u0000\u202e",
                "x".repeat(3_000));
    }

    @Test
    void anAlertTriggersAndTheLastOneOfItsIncidentResolves() throws Exception {
        Message opened = Alerts.message(Alerts.failed());
        Message closed = Alerts.message(Alerts.closing());

        assertEquals(202, post("backstop-pagerduty", opened));
        assertEquals(202, post("backstop-pagerduty-resolve", closed));

        JsonNode trigger = events.getFirst();
        assertEquals("trigger", trigger.path("event_action").asText());
        assertEquals(opened.subject(), trigger.at("/payload/summary").asText());
        assertEquals("critical", trigger.at("/payload/severity").asText());
        assertEquals(
                "AWS account 123456789012, eu-west-1",
                trigger.at("/payload/source").asText());
        assertEquals(opened.json().path("next"), trigger.at("/payload/custom_details/next"), "the command to paste");
        assertTrue(trigger.at("/links/0/href").asText().endsWith("/runbook.md#exposure"));
        assertEquals("resolve", events.getLast().path("event_action").asText());
        assertEquals(trigger.path("dedup_key"), events.getLast().path("dedup_key"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameStaysInItsField(String name) throws Exception {
        Message message = Alerts.message(Alerts.hostile(name));
        assertEquals(202, post("backstop-pagerduty", message));
        JsonNode event = events.getFirst();
        assertEquals("trigger", event.path("event_action").asText());
        assertEquals(
                Set.of("event_action", "dedup_key", "client", "client_url", "links", "payload", "routing_key"),
                Set.copyOf(names(event)));
        assertEquals(name, event.at("/payload/custom_details/session/id").asText(), "the document is as it was");
    }

    private int post(String rule, Message message) throws Exception {
        JsonNode transformer = stack.named("AWS::Events::Rule", "Name", rule).at("/Targets/0/InputTransformer");
        ObjectNode body = (ObjectNode) Json.read(transformed(transformer, message.json()));
        // What the connection adds.
        body.put("routing_key", "0123456789abcdef0123456789abcdef");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + pagerDuty.getAddress().getPort() + "/v2/enqueue"))
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    /** The least careful reading of EventBridge's document: values go in as they are, objects as JSON. */
    private static String transformed(JsonNode transformer, JsonNode detail) {
        String body = transformer.path("InputTemplate").asText();
        JsonNode event = Json.object().set("detail", Json.read(Json.write(detail)));
        // Once over the template: what stands in a value is no variable.
        return VARIABLE.matcher(body).replaceAll(found -> {
            String path = transformer.path("InputPathsMap").path(found.group(1)).asText();
            JsonNode value = event.at(path.replace("$", "").replace('.', '/'));
            return Matcher.quoteReplacement(value.isTextual() ? value.asText() : Json.write(value));
        });
    }

    /** See <a href="https://developer.pagerduty.com/docs/send-alert-event">what an event must be</a>. */
    private static List<String> errors(JsonNode event) {
        List<String> errors = new ArrayList<>();
        if (event.path("routing_key").asText().length() != 32) {
            errors.add("Length of 'routing_key' is incorrect (should be 32 characters)");
        }
        if (!Set.of("trigger", "acknowledge", "resolve")
                .contains(event.path("event_action").asText())) {
            errors.add("event_action");
        }
        String key = event.path("dedup_key").asText();
        if (key.isEmpty() || key.length() > 255) {
            errors.add("dedup_key");
        }
        if (Json.write(event).getBytes(StandardCharsets.UTF_8).length > 512 * 1024) {
            errors.add("more than 512 KB");
        }
        if (event.path("event_action").asText().equals("trigger")) {
            JsonNode payload = event.path("payload");
            String summary = payload.path("summary").asText();
            if (summary.isEmpty()
                    || summary.length() > 1_024
                    || payload.path("source").asText().isEmpty()) {
                errors.add("summary or source");
            }
            if (!Set.of("critical", "error", "warning", "info")
                    .contains(payload.path("severity").asText())) {
                errors.add("severity " + payload.path("severity"));
            }
            if (payload.has("timestamp")) {
                OffsetDateTime.parse(payload.path("timestamp").asText());
            }
            event.path("links").forEach(link -> {
                if (!link.path("href").asText().startsWith("https://")) {
                    errors.add("link " + link);
                }
            });
        }
        return errors;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
