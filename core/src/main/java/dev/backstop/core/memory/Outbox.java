package dev.backstop.core.memory;

import dev.backstop.core.Alert;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import java.util.ArrayList;
import java.util.List;

/** Alerts and events that went out, kept to be looked at. */
public final class Outbox implements AlertChannel, EventBus {
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Override
    public synchronized void send(Alert alert) {
        alerts.add(alert);
    }

    @Override
    public synchronized void put(List<Event> added) {
        events.addAll(added);
    }

    public synchronized List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }
}
