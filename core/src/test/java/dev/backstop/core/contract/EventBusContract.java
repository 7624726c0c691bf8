package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Json;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.EventBus.Event;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link EventBus} does. */
public abstract class EventBusContract {
    protected abstract EventBus bus();

    /** What a listener on source {@code backstop} has got, in no particular order. */
    protected abstract Set<Event> received(int expected);

    @Test
    protected void putsNothing() {
        bus().put(List.of());

        assertEquals(Set.of(), received(0));
    }

    @Test
    protected void putsMoreEventsThanOneCallTakes() {
        List<Event> events = IntStream.range(0, 12)
                .mapToObj(number -> new Event("Backstop Outcome", Json.object().put("number", number)))
                .toList();

        bus().put(events);

        assertEquals(Set.copyOf(events), received(12));
    }
}
