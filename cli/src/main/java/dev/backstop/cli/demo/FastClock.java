package dev.backstop.cli.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The day's clock: it stands at the last call made, and runs from there in real time. */
final class FastClock implements InstantSource {
    private Instant at = Instant.EPOCH;
    private long since = System.nanoTime();

    void set(Instant callMade) {
        at = callMade;
        since = System.nanoTime();
    }

    @Override
    public Instant instant() {
        return at.plusNanos(System.nanoTime() - since);
    }
}
