package dev.backstop.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it: {@code 2026-11-20T10:54:06Z}, a day in UTC, or so long ago, {@code 7d}. */
final class MomentOption implements ITypeConverter<MomentOption.Moment> {
    /**
     * A moment, or a whole day.
     *
     * @param end where the day ends; the moment itself where it is none
     */
    record Moment(Instant start, Instant end) {}

    private final InstantSource clock;

    MomentOption() {
        this(InstantSource.system());
    }

    MomentOption(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Moment convert(String value) throws Exception {
        if (value.matches("\\d{1,6}[smhd]")) {
            Instant ago = clock.instant().minus(new AgeOption().convert(value));
            return new Moment(ago, ago);
        }
        try {
            if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
                LocalDate day = LocalDate.parse(value);
                return new Moment(
                        day.atStartOfDay().toInstant(ZoneOffset.UTC),
                        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            Instant moment = Instant.parse(value);
            return new Moment(moment, moment);
        } catch (DateTimeParseException _) {
            throw new TypeConversionException(
                    "expected a time such as 2026-11-20T10:54:06Z, a day such as 2026-11-20, or an age such as 7d, not "
                            + value);
        }
    }
}
