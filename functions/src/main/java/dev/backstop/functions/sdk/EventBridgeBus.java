package dev.backstop.functions.sdk;

import dev.backstop.core.Json;
import dev.backstop.core.port.EventBus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** The account's default event bus. */
public record EventBridgeBus(EventBridgeClient eventBridge) implements EventBus {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("events:PutEvents");

    /** What every event of Backstop says it is from. */
    public static final String SOURCE = "backstop";

    private static final int MOST_A_CALL = 10;

    @Override
    public void put(List<Event> events) {
        events.stream()
                .map(EventBridgeBus::entry)
                .gather(Gatherers.windowFixed(MOST_A_CALL))
                .forEach(this::putSome);
    }

    /** The call succeeds even where no event was taken. */
    private void putSome(List<PutEventsRequestEntry> entries) {
        PutEventsResponse response = eventBridge.putEvents(request -> request.entries(entries));
        if (response.failedEntryCount() > 0) {
            String why = response.entries().stream()
                    .filter(entry -> entry.errorCode() != null)
                    .map(entry -> entry.errorCode() + ": " + entry.errorMessage())
                    .distinct()
                    .collect(Collectors.joining("; "));
            throw new IllegalStateException(
                    "EventBridge refused " + response.failedEntryCount() + " of " + entries.size() + " events: " + why);
        }
    }

    private static PutEventsRequestEntry entry(Event event) {
        return PutEventsRequestEntry.builder()
                .source(SOURCE)
                .detailType(event.detailType())
                .detail(Json.write(event.detail()))
                .build();
    }
}
