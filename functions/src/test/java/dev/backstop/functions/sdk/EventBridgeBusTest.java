package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import dev.backstop.core.contract.EventBusContract;
import dev.backstop.core.port.EventBus;
import dev.backstop.functions.MotoServer;
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
    void saysWhichEventsWereRefusedAndWhy() {
        List<EventBus.Event> events =
                List.of(new EventBus.Event("Backstop Outcome", Json.object()), new EventBus.Event("", Json.object()));

        var refused = assertThrows(IllegalStateException.class, () -> bus().put(events));

        assertTrue(
                refused.getMessage().startsWith("EventBridge refused 1 of 2 events: InvalidArgument"),
                refused::getMessage);
    }
}
