package dev.backstop.functions.line;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the responder keeps to.
 *
 * @param account the account it may act in; null where it may act in any
 * @param maxAge calls older than this are alerted, not acted on: the world has moved on
 * @param patience how long a missing STS record is waited for before the owner is called unknown
 */
public record Limits(@Nullable String account, Duration maxAge, Duration patience) {
    /** One hour, and two seconds. */
    public static Limits in(@Nullable String account) {
        return new Limits(account, Duration.ofHours(1), Duration.ofSeconds(2));
    }
}
