package dev.backstop.cli.input;

import java.time.Instant;

/**
 * The time that matters, to the second.
 *
 * @param since the first moment
 * @param until the first moment that is too late
 */
public record Period(Instant since, Instant until) {
    /** As far as there are records. */
    public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    boolean holds(long second) {
        return second >= since.getEpochSecond() && second < until.getEpochSecond();
    }
}
