package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.memory.LocalCanary;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.functions.line.Drill;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What drills the kill switch, and makes the call of the heartbeat. */
class DrillHandlerTest {
    private final HandlerStage stage = new HandlerStage();

    @Test
    void aHeartbeatIsMadeAndWakesNobodyWhenItCannotBe() throws IOException {
        stage.aws.rolePolicies().createRole("backstop-canary");
        LocalCanary canary = new LocalCanary(
                stage.aws.rolePolicies(), "arn:aws:iam::111122223333:role/agents/backstop-canary", HandlerStage.CLOCK);
        DrillHandler handler = new DrillHandler(
                new Drill(
                        canary, stage.revoker, stage.revoker, stage.outbox, stage.outbox, HandlerStage.CLOCK, _ -> {}),
                canary,
                line -> stage.logged.add(Json.write(line)));
        assertEquals(
                "sent",
                stage.call(handler, "{\"heartbeat\":true}").path("heartbeat").asText());
        assertEquals(true, stage.call(handler, "{}").path("passed").asBoolean(), "asked for nothing else, it drills");

        stage.revoker.revoke(new Order(
                canary.open(Heartbeat.SESSION).session(),
                Heartbeat.SESSION,
                Mode.ENFORCE,
                "e-1",
                null,
                "rule",
                "why",
                "maria"));
        JsonNode unsent = stage.call(handler, "{\"heartbeat\":true}");
        assertEquals("not sent", unsent.path("heartbeat").asText());
        assertTrue(unsent.path("failure").asText().contains("is denied"), unsent::toString);
        assertEquals(List.of("drill"), stage.measured(), "what was not heard is no measure");
    }
}
