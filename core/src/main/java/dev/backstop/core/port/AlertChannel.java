package dev.backstop.core.port;

import dev.backstop.core.Alert;

/** Where alerts go. */
public interface AlertChannel {
    /** Sends one alert. Errors escape. */
    void send(Alert alert);
}
