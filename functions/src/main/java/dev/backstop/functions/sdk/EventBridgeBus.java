package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * The account's default event bus; what a call would be too large for is cut or sent by another, see <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html">PutEvents</a>.
 */
public record EventBridgeBus(EventBridgeClient eventBridge) implements EventBus {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("events:PutEvents");

    /** What every event of Backstop says it is from. */
    public static final String SOURCE = "backstop";

    /** Whole calls are refused at 256 KiB, and rules hand on no more to some targets. */
    static final int MOST_OF_A_CALL = 240_000;

    static final int MOST_OF_AN_EVENT = 100_000;
    private static final int MOST_EVENTS_A_CALL = 10;
    /** Source, detail type and time count too. */
    private static final int FRAME = 100;

    @Override
    public void put(List<Event> events) {
        List<PutEventsRequestEntry> call = new ArrayList<>();
        int bytes = 0;
        for (Event event : events) {
            String detail = Json.write(bounded(event.detail()));
            int size = Fitting.bytes(detail) + FRAME;
            if (call.size() == MOST_EVENTS_A_CALL || bytes + size > MOST_OF_A_CALL) {
                putSome(call);
                call.clear();
                bytes = 0;
            }
            call.add(PutEventsRequestEntry.builder()
                    .source(SOURCE)
                    .detailType(event.detailType())
                    .detail(detail)
                    .build());
            bytes += size;
        }
        if (!call.isEmpty()) {
            putSome(call);
        }
    }

    private static JsonNode bounded(JsonNode detail) {
        return detail instanceof ObjectNode object ? Fitting.into(object, MOST_OF_AN_EVENT, false) : detail;
    }

    /** The call succeeds even where no event was taken. */
    private void putSome(List<PutEventsRequestEntry> entries) {
        List<PutEventsRequestEntry> sent = List.copyOf(entries);
        PutEventsResponse response = eventBridge.putEvents(request -> request.entries(sent));
        if (response.failedEntryCount() > 0) {
            String why = response.entries().stream()
                    .filter(entry -> entry.errorCode() != null)
                    .map(entry -> entry.errorCode() + ": " + entry.errorMessage())
                    .distinct()
                    .collect(Collectors.joining("; "));
            throw new IllegalStateException(
                    "EventBridge refused " + response.failedEntryCount() + " of " + sent.size() + " events: " + why);
        }
    }
}
