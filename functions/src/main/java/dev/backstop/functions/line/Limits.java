package dev.backstop.functions.line;

import dev.backstop.core.RevertLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the responder keeps to.
 *
 * @param account the account it may act in; null where it may act in any
 * @param maxAge calls older than this are alerted, not acted on: the world has moved on
 * @param patience how long a missing STS record is waited for before the owner is called unknown
 * @param waiting how long the steps of one finding together may wait for what moves by itself
 * @param reverts when a change is left alone that could be undone
 */
public record Limits(
        @Nullable String account, Duration maxAge, Duration patience, Duration waiting, RevertLimits reverts) {
    /** How long the deployed function may run: an instance may take minutes to stop before its type can be changed. */
    public static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    /** How long a function may run that a person or another function waits for. */
    public static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

    /** Longer than the function may run, so that a running owner never loses its claim. */
    static final Duration LEASE = LONGEST_RUN.plusMinutes(1);

    /** Enough of the run is left to tell people what became of it. */
    private static final Duration WAITING = LONGEST_RUN.minusMinutes(2);

    public Limits(@Nullable String account, Duration maxAge, Duration patience) {
        this(account, maxAge, patience, WAITING, RevertLimits.DEFAULT);
    }

    /** One hour, and two seconds. */
    public static Limits in(@Nullable String account) {
        return new Limits(account, Duration.ofHours(1), Duration.ofSeconds(2));
    }

    public Limits with(RevertLimits others) {
        return new Limits(account, maxAge, patience, waiting, others);
    }
}
