package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What remembers who agent sessions are and what they do. */
class SessionsHandlerTest {
    private final HandlerStage stage = new HandlerStage();

    @Test
    void sessionsAreKeptAndABrokenMessageGoesBackAlone() throws IOException {
        String record = Json.write(EventEnvelope.around(Records.issued("sess_1", "jordan", "api")));
        var batch = Json.object();
        batch.putArray("Records").add(message("good", record)).add(message("bad", "{\"detail\":"));
        SessionsHandler handler = stage.sessionsHandler();

        JsonNode answer = stage.call(handler, Json.write(batch));
        assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}", Json.write(answer));
        assertEquals("jordan", stage.sessions.withId("sess_1").getFirst().developer());

        assertEquals(
                "sess_1",
                stage.call(handler, "{}").path("sessions").path(0).path("id").asText());
        assertEquals(
                "issued",
                stage.call(handler, "{\"session\":\"sess_1\"}")
                        .path("timeline")
                        .path(0)
                        .path("kind")
                        .asText());
        stage.assertRefused(handler, "{\"session\":\"sess_9\"}", "sess_1 (agent-deploy-role, jordan");
        stage.assertRefused(handler, "{\"hours\":\"two\"}", "hours: is a whole number from 1 to 168");
        stage.assertRefused(handler, "{\"hours\":0}", "hours: is a whole number from 1 to 168");
        stage.assertRefused(handler, "{\"hours\":2000}", "hours: is a whole number from 1 to 168");
    }

    private static JsonNode message(String id, String body) {
        return Json.object().put("messageId", id).put("body", body);
    }
}
