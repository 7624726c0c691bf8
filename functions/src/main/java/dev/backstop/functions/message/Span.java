package dev.backstop.functions.message;

import java.time.Duration;
import java.util.Locale;

/** A span of time for people: to a tenth of a second while it is short, whole units once nobody counts those. */
public final class Span {
    private Span() {}

    public static String words(Duration span) {
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (span.compareTo(Duration.ofHours(2)) < 0) {
            return span.toMinutes() + " min";
        }
        return span.compareTo(Duration.ofDays(2)) < 0 ? span.toHours() + " h" : span.toDays() + " days";
    }
}
