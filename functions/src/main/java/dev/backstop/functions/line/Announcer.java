package dev.backstop.functions.line;

import dev.backstop.core.Alert;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.EventBus.Event;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Message;
import java.util.List;

/**
 * Tells an alert to people, unless it is only for the record, and to whoever listens on the bus: paging services hang there.
 */
public record Announcer(AlertChannel people, EventBus bus, Letterhead letterhead) implements AlertChannel {
    /** Whichever of the two fails, the other is told all the same; then the error escapes. */
    @Override
    public void send(Alert alert) {
        try {
            if (alert.urgency() != Urgency.RECORD) {
                people.send(alert);
            }
        } catch (RuntimeException e) {
            try {
                tellTheBus(alert);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        tellTheBus(alert);
    }

    private void tellTheBus(Alert alert) {
        bus.put(List.of(
                new Event(Message.DETAIL_TYPE, Message.of(alert, letterhead).json())));
    }
}
