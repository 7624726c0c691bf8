package dev.backstop.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code backstop:exempt}, by which people have Backstop leave a resource as it is until a day or a moment.
 *
 * @param value as it stands: {@code 2026-12-01}, that whole day by UTC included, or {@code 2026-12-01T10:00Z}
 * @param until from when on it counts no longer; null where the value says no such thing, and so exempts nothing
 */
public record ExemptTag(String value, @Nullable Instant until) {
    public static final String KEY = "backstop:exempt";

    /** The tag among the tags of a resource. */
    public static Optional<ExemptTag> among(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(KEY)).map(value -> new ExemptTag(value, end(value.strip())));
    }

    private static @Nullable Instant end(String value) {
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
