package dev.backstop.cli.account;

import dev.backstop.core.Alert;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** Ports to tell others through, of a run that nobody retries: where they fail, the terminal is told instead. */
final class Hesitant {
    private Hesitant() {}

    /** Sends to a topic, and prints what the topic does not take. */
    record Alerts(AlertChannel topic, AlertChannel printed, Consumer<String> notes) implements AlertChannel {
        @Override
        public void send(Alert alert) {
            try {
                topic.send(alert);
            } catch (SdkException e) {
                notes.accept("the alert topic did not take an alert (" + Refusal.of(e) + "), so it is printed here");
                printed.send(alert);
            }
        }
    }

    /** Puts events, and gives up at the first that the bus does not take. */
    static final class Bus implements EventBus {
        private final EventBus bus;
        private final Consumer<String> notes;
        private boolean refused;

        Bus(EventBus bus, Consumer<String> notes) {
            this.bus = bus;
            this.notes = notes;
        }

        @Override
        public void put(List<Event> events) {
            if (refused) {
                return;
            }
            try {
                bus.put(events);
            } catch (SdkException | IllegalStateException e) {
                refused = true;
                String why = e instanceof SdkException refusal ? Refusal.of(refusal) : e.getMessage();
                notes.accept("the default event bus takes no events of this run: " + why);
            }
        }
    }
}
