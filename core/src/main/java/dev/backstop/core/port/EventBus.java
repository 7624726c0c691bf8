package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where others can listen: EventBridge's default bus, source {@code backstop}. */
public interface EventBus {
    /** Puts events; errors, partial ones included, escape. */
    void put(List<Event> events);

    /**
     * One event.
     *
     * @param detailType what it is: {@code Backstop Outcome}
     */
    record Event(String detailType, JsonNode detail) {}
}
