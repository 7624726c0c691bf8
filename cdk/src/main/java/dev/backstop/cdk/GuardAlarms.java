package dev.backstop.cdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** Tells the alert topic when the guard itself is in trouble. */
public final class GuardAlarms extends Construct {
    private static final MetricOptions MOST = MetricOptions.builder()
            .period(Duration.minutes(1))
            .statistic("Maximum")
            .build();
    private static final MetricOptions ALL =
            MetricOptions.builder().period(Duration.minutes(1)).statistic("Sum").build();

    private final AlertTopic topic;

    public GuardAlarms(Construct scope, String id, AlertTopic topic) {
        super(scope, id);
        this.topic = topic;
    }

    /** Alarms while a message waits in a queue that should be empty. */
    void watch(GuardQueue queue) {
        String name = queue.name();
        any(
                name + "-not-empty",
                "Events that Backstop did not handle wait in the queue " + name
                        + ": see why, then redrive or delete them.",
                queue.queue().metricApproximateNumberOfMessagesVisible(MOST));
    }

    /** Alarms when a function fails or is not let run. */
    void watch(GuardFunction function) {
        String name = function.name();
        any(
                name + "-errors",
                "The function " + name + " failed: see its log group /aws/lambda/" + name + ".",
                function.function().metricErrors(ALL));
        any(
                name + "-throttles",
                "The function " + name + " was throttled: see the account's concurrency.",
                function.function().metricThrottles(ALL));
    }

    private void any(String name, String description, Metric metric) {
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(name)
                .alarmDescription(description)
                .metric(metric)
                .threshold(0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic.topic()));
    }
}
