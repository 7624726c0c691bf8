package dev.backstop.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What CloudWatch knows of the guard, in one Region. */
interface Watched {
    /** The alarms whose names begin so, metric and composite ones. */
    List<Alarm> alarms(String prefix);

    /** The latest point of one of the guard's own metrics, if there is one in a time before an instant. */
    Optional<Point> last(String metric, Instant now, Duration within, Duration period);

    /**
     * One alarm.
     *
     * @param red whether it is in the state ALARM
     * @param canTell whether its actions are enabled
     */
    record Alarm(String name, boolean red, Instant since, boolean canTell, String description) {}

    /**
     * What a metric was in one period.
     *
     * @param at its beginning
     */
    record Point(Instant at, double maximum) {}
}
