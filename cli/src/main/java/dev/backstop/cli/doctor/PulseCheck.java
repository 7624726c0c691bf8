package dev.backstop.cli.doctor;

import dev.backstop.cli.doctor.Watched.Point;
import dev.backstop.core.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the guard last heard itself, and last proved its kill switch, by the metrics that it keeps of both. */
record PulseCheck(Watched watched, Instant now) {
    /** A heartbeat comes every ten minutes, and its record within some more. */
    private static final Duration BEAT_AGE = Duration.ofMinutes(40);

    /** A drill comes every week. */
    private static final Duration DRILL_AGE = Duration.ofDays(8);

    Check heartbeat() {
        Optional<Point> last = last("HeartbeatSeconds", Duration.ofDays(1), Duration.ofMinutes(10));
        if (last.isEmpty()) {
            return Check.problem(
                    "heartbeat",
                    "none came in a day: Backstop may not hear what agents do",
                    "after a new deployment wait a quarter of an hour; else see "
                            + Runbook.HEARTBEAT_MISSING.link(Runbook.PAGE));
        }
        Duration age = age(last.get());
        String when = "the last came " + words(age) + " ago, " + seconds(last.get()) + " s after the canary's call";
        return age.compareTo(BEAT_AGE) > 0
                ? Check.problem("heartbeat", when, "see " + Runbook.HEARTBEAT_MISSING.link(Runbook.PAGE))
                : Check.ok("heartbeat", when);
    }

    Check drill() {
        Optional<Point> refused = last("DrillSecondsToRefused", Duration.ofDays(15), Duration.ofHours(1));
        Optional<Point> failed = last("DrillsFailed", Duration.ofDays(15), Duration.ofHours(1));
        if (failed.isPresent()
                && refused.filter(passed -> passed.at().isAfter(failed.get().at()))
                        .isEmpty()) {
            return Check.problem(
                    "drill",
                    "the last failed, " + words(age(failed.get())) + " ago",
                    "./backstop drill; see " + Runbook.DRILL_FAILED.link(Runbook.PAGE));
        }
        if (refused.isEmpty()) {
            return Check.problem("drill", "none in 15 days: the kill switch is unproved", "./backstop drill");
        }
        Duration age = age(refused.get());
        String when = "the last was " + words(age) + " ago: the killed session was refused after "
                + seconds(refused.get()) + " s";
        return age.compareTo(DRILL_AGE) > 0
                ? Check.problem("drill", when, "./backstop drill")
                : Check.ok("drill", when);
    }

    private Optional<Point> last(String metric, Duration within, Duration period) {
        return watched.last(metric, now, within, period);
    }

    /** Of the beginning of its period: it is that at most. */
    private Duration age(Point point) {
        Duration age = Duration.between(point.at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static long seconds(Point point) {
        return Math.round(point.maximum());
    }

    private static String words(Duration age) {
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
