package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** CloudWatch over the SDK. */
record CloudWatchWatched(Account account) implements Watched {
    private static final String NAMESPACE = "Backstop";

    @Override
    public List<Alarm> alarms(String prefix) {
        List<Alarm> alarms = new ArrayList<>();
        try (CloudWatchClient client = client()) {
            client.describeAlarmsPaginator(request -> request.alarmNamePrefix(prefix)
                            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                    .forEach(page -> {
                        page.metricAlarms()
                                .forEach(alarm -> alarms.add(new Alarm(
                                        alarm.alarmName(),
                                        alarm.stateValue() == StateValue.ALARM,
                                        alarm.stateUpdatedTimestamp(),
                                        alarm.actionsEnabled(),
                                        String.valueOf(alarm.alarmDescription()))));
                        page.compositeAlarms()
                                .forEach(alarm -> alarms.add(new Alarm(
                                        alarm.alarmName(),
                                        alarm.stateValue() == StateValue.ALARM,
                                        alarm.stateUpdatedTimestamp(),
                                        alarm.actionsEnabled(),
                                        String.valueOf(alarm.alarmDescription()))));
                    });
        }
        return alarms;
    }

    @Override
    public Optional<Point> last(String metric, Instant now, Duration within, Duration period) {
        try (CloudWatchClient client = client()) {
            return client
                    .getMetricStatistics(request -> request.namespace(NAMESPACE)
                            .metricName(metric)
                            .startTime(now.minus(within).truncatedTo(ChronoUnit.SECONDS))
                            .endTime(now.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS))
                            .period(Math.toIntExact(period.toSeconds()))
                            .statistics(Statistic.MAXIMUM))
                    .datapoints()
                    .stream()
                    .map(point -> new Point(point.timestamp(), point.maximum()))
                    .max(Comparator.comparing(Point::at));
        }
    }

    private CloudWatchClient client() {
        return account.clients().ready(CloudWatchClient.builder());
    }
}
