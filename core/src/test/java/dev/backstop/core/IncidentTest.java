package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.contract.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What ties messages together. */
class IncidentTest {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void isCalledTheSameWhoeverOpensItAndOtherwiseAnotherTime() {
        String id = Incident.opened("sess_a", TEN).id();

        assertTrue(id.matches("inc-[0-9a-f]{10}"), id);
        assertEquals(id, Incident.id("sess_a", TEN));
        assertNotEquals(id, Incident.id("sess_b", TEN));
        assertNotEquals(id, Incident.id("sess_a", TEN.plusMillis(1)));
    }

    @Test
    void countsNoMoreSummarisedThanFound() {
        assertThrows(IllegalArgumentException.class, () -> new Incident("inc-1", TEN, 1, 2, false));
    }

    @Test
    void travelsWithTheAlertAndSoDoesItsUrgency() {
        Alert alert =
                Samples.alert().within(new Incident("inc-1", TEN, 42, 41, true)).urgent(Urgency.PAGE);

        JsonNode json = alert.toJson();

        assertEquals("page", json.path("urgency").asText());
        assertEquals(
                Json.read("{\"id\":\"inc-1\",\"openedAt\":\"2026-11-23T10:00:00Z\",\"findings\":42,\"summarised\":41,"
                        + "\"closing\":true}"),
                json.path("incident"));
    }
}
