package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.contract.EventBusContract;
import dev.backstop.core.port.EventBus;
import dev.backstop.functions.MotoServer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Events over EventBridge, as a rule on their source hands them to a queue. */
class EventBridgeBusTest extends EventBusContract {
    private final SdkClients clients = MotoServer.fresh().clients();
    private final EventBridgeClient eventBridge = clients.eventBridge();
    private final TestQueue queue = TestQueue.create(clients);

    EventBridgeBusTest() {
        Target target = Target.builder().id("listener").arn(queue.arn()).build();
        eventBridge.putRule(request -> request.name("listener").eventPattern("{\"source\": [\"backstop\"]}"));
        eventBridge.putTargets(request -> request.rule("listener").targets(target));
    }

    @Override
    protected EventBus bus() {
        return new EventBridgeBus(eventBridge);
    }

    @Override
    protected Set<EventBus.Event> received(int expected) {
        return queue.messages().stream()
                .map(message -> new EventBus.Event(message.path("detail-type").asText(), message.path("detail")))
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsTooLargeIsCutAndManyTakeMoreThanOneCall() {
        ObjectNode large = Json.object();
        large.put("title", "é".repeat(300_000));
        ArrayNode outcomes = large.putArray("outcomes");
        for (int i = 0; i < 400; i++) {
            outcomes.addObject().put("step", "x".repeat(900));
        }
        bus().put(Collections.nCopies(4, new EventBus.Event("Backstop Alert", large)));

        List<JsonNode> messages = queue.messages();
        assertEquals(4, messages.size());
        for (JsonNode message : messages) {
            JsonNode detail = message.path("detail");
            int bytes = Json.write(detail).getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes <= EventBridgeBus.MOST_OF_AN_EVENT, () -> bytes + " bytes");
            assertEquals(
                    400,
                    detail.path("outcomes").size()
                            + detail.path("outcomesLeftOut").asInt());
        }
        assertEquals(300_000, large.path("title").asText().length(), "what the caller holds is left alone");
    }

    @Test
    void saysWhichEventsWereRefusedAndWhy() {
        List<EventBus.Event> events =
                List.of(new EventBus.Event("Backstop Outcome", Json.object()), new EventBus.Event("", Json.object()));

        var refused = assertThrows(IllegalStateException.class, () -> bus().put(events));

        assertTrue(
                refused.getMessage().startsWith("EventBridge refused 1 of 2 events: InvalidArgument"),
                refused::getMessage);
    }
}
