package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Urgency;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus.Event;
import dev.backstop.functions.message.Alerts;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Schemas;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is put on the bus, held to the published schemas. */
class BackstopEventsTest {
    private final Stage stage = new Stage();

    @Test
    void aFindingIsToldWithEveryOutcomeAndTheKill() {
        stage.responder().respond(Stage.DETECTION, "first");

        assertEquals(List.of("Backstop Finding", "Backstop Outcome", "Backstop Outcome", "Backstop Kill"), types());
        JsonNode finding = stage.outbox.events().getFirst().detail();
        assertEquals("security-group-opened-to-world", finding.path("rule").asText());
        assertEquals("jordan", finding.path("developer").asText());
        JsonNode kill = stage.outbox.events().getLast().detail();
        assertEquals("denied", kill.path("stage").asText());
        assertEquals("sess_a8f3b21c", kill.path("session").asText());
        assertAsPublished();
    }

    @Test
    void whatIsOnlyObservedIsNoKill() {
        stage.controls.set(Mode.OBSERVE);
        stage.responder().respond(Stage.DETECTION, "first");

        assertFalse(types().contains("Backstop Kill"));
        assertAsPublished();
    }

    @Test
    void aPersonsKillAndRestoreAreTold() {
        OnCall onCall = new OnCall(
                stage.revoker,
                stage.known,
                new SessionLookup(stage.sessions, stage.aws.roles(), AgentSelector.DEFAULT, stage),
                stage.outbox,
                stage.outbox,
                stage);
        ObjectNode request = Json.object()
                .put("session", "sess_a8f3b21c")
                .put("reason", "it deletes things")
                .put("operator", "maria");
        onCall.revoke(request);
        onCall.restore(request);

        assertEquals(List.of("Backstop Outcome", "Backstop Kill", "Backstop Outcome", "Backstop Restore"), types());
        JsonNode kill = stage.outbox.events().get(1).detail();
        assertEquals("maria", kill.path("by").asText());
        assertEquals("it deletes things", kill.path("reason").asText());
        assertEquals(
                "true",
                stage.outbox.events().getLast().detail().path("complete").asText());
        assertAsPublished();
    }

    @Test
    void aDrillIsTold() {
        Event event = BackstopEvents.drill(
                new DrillResult("sess_drill-1", Duration.ofSeconds(3), Duration.ofSeconds(2), true, null));
        assertEquals(List.of(), Schemas.mistakes("drill-1", event.detail()));
    }

    @Test
    void anAlertIsToldToPeopleAndOnTheBus() {
        new Announcer(stage.outbox, stage.outbox, Letterhead.PLAIN).send(Alerts.contained());

        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(List.of("Backstop Alert"), types());
        assertEquals(
                List.of(),
                Schemas.mistakes("alert-2", stage.outbox.events().getFirst().detail()));
    }

    @Test
    void whatIsForTheRecordReachesNobody() {
        Alert record = Alerts.contained().urgent(Urgency.RECORD);
        new Announcer(stage.outbox, stage.outbox, Letterhead.PLAIN).send(record);

        assertEquals(List.of(), stage.outbox.alerts());
        assertEquals(
                "record",
                stage.outbox.events().getFirst().detail().path("urgency").asText());
    }

    @Test
    void whereThePeoplesChannelIsBrokenThePagerIsNot() {
        Outbox bus = new Outbox();
        AlertChannel broken = _ -> {
            throw new IllegalStateException("no topic");
        };
        Announcer announcer = new Announcer(broken, bus, Letterhead.PLAIN);

        assertThrows(IllegalStateException.class, () -> announcer.send(Alerts.contained()), "for Lambda to try again");
        assertEquals(1, bus.events().size());
    }

    private List<String> types() {
        return stage.outbox.events().stream().map(Event::detailType).toList();
    }

    private void assertAsPublished() {
        for (Event event : stage.outbox.events()) {
            String schema = event.detail()
                    .path("schema")
                    .asText()
                    .replace("backstop.", "")
                    .replace('/', '-');
            assertEquals(List.of(), Schemas.mistakes(schema, event.detail()), event.detailType());
            assertFalse(Json.write(event.detail()).contains("requestParameters"), "a request on the bus");
        }
    }
}
