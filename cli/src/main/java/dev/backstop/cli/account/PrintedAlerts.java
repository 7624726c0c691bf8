package dev.backstop.cli.account;

import dev.backstop.core.Alert;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.functions.message.AlertText;
import java.util.function.Consumer;

/** Alerts as text for the person at the terminal. */
record PrintedAlerts(Consumer<String> lines) implements AlertChannel {
    @Override
    public void send(Alert alert) {
        lines.accept("");
        lines.accept(AlertText.subject(alert));
        AlertText.body(alert).lines().forEach(line -> lines.accept("  " + line));
    }
}
