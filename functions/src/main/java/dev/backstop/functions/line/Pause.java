package dev.backstop.functions.line;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass between two looks at something that settles. */
@FunctionalInterface
public interface Pause {
    /** Real time. */
    Pause REAL = duration -> LockSupport.parkNanos(duration.toNanos());

    void of(Duration duration);
}
