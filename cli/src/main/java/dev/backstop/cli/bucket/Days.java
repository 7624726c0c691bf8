package dev.backstop.cli.bucket;

import dev.backstop.cli.input.Period;
import dev.backstop.core.AgentSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which days' log files can hold records of a period, by the keys that a trail gives them; see <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html">where they
 * are</a>: {@code …/CloudTrail/REGION/YYYY/MM/DD/}.
 */
record Days(Period period) {
    private static final Pattern DATED =
            Pattern.compile(".*/CloudTrail/[a-z0-9-]+/(\\d{4})/(?:(0[1-9]|1[0-2])/(?:(0[1-9]|[12]\\d|3[01])/)?)?.*");

    /** A file is dated by when it was written, some minutes after the calls in it. */
    private static final Duration LATE = Duration.ofDays(1);

    /** Whether a key, or what keys begin with, can lead to such a file; also to the STS record of a session in it. */
    boolean mayHold(String key) {
        Matcher dated = DATED.matcher("/" + key);
        if (!dated.matches() || period.equals(Period.ALWAYS)) {
            return true;
        }
        int year = Integer.parseInt(dated.group(1));
        int month = dated.group(2) == null ? 0 : Integer.parseInt(dated.group(2));
        int day = dated.group(3) == null ? 0 : Integer.parseInt(dated.group(3));
        if (year == 0 || (day > 0 && !YearMonth.of(year, month).isValidDay(day))) {
            return true;
        }
        LocalDate first = LocalDate.of(year, Math.max(month, 1), Math.max(day, 1));
        LocalDate next = day > 0 ? first.plusDays(1) : month > 0 ? first.plusMonths(1) : first.plusYears(1);
        return start(next).isAfter(earliest()) && start(first).isBefore(latest());
    }

    private Instant earliest() {
        return period.since().equals(Instant.MIN) ? Instant.MIN : period.since().minus(AgentSession.LONGEST);
    }

    private Instant latest() {
        return period.until().equals(Instant.MAX) ? Instant.MAX : period.until().plus(LATE);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
