package dev.backstop.cdk;

import dev.backstop.core.Runbook;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.AlarmState;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** Tells the alert topic when the guard itself is in trouble, without any function of the guard having to run for it. */
public final class GuardAlarms extends Construct {
    private static final MetricOptions MOST = MetricOptions.builder()
            .period(Duration.minutes(1))
            .statistic("Maximum")
            .build();
    private static final MetricOptions ALL =
            MetricOptions.builder().period(Duration.minutes(1)).statistic("Sum").build();

    /** Longer than a record takes through its retries, far shorter than a session lives. */
    private static final Duration STUCK = Duration.minutes(15);

    /** Three heartbeats, and CloudTrail's delay on a bad day. */
    private static final Duration PATIENCE = Duration.minutes(30);

    private final Map<String, Alarm> errors = new HashMap<>();
    private final AlertTopic topic;
    private final String runbook;

    /** @param runbook the page that descriptions link to */
    public GuardAlarms(Construct scope, String id, AlertTopic topic, String runbook) {
        super(scope, id);
        this.topic = topic;
        this.runbook = runbook;
    }

    /** Alarms while a message waits in a queue that should be empty. */
    void watch(GuardQueue queue) {
        String name = queue.name();
        beyond(
                0,
                name + "-not-empty",
                described(
                        "Events that Backstop did not handle wait in the queue " + name
                                + ": see why, then answer or redrive them.",
                        Runbook.QUEUE_NOT_EMPTY),
                queue.queue().metricApproximateNumberOfMessagesVisible(MOST));
    }

    /** Alarms when nobody takes from a queue that is always emptied. */
    void watchWaiting(GuardQueue queue) {
        String name = queue.name();
        beyond(
                STUCK.toSeconds().doubleValue(),
                name + "-stuck",
                described(
                        "Records wait in the queue " + name + " for more than " + STUCK.toMinutes() + " minutes: nobody"
                                + " takes them, so that timelines lack them and kills are not watched.",
                        Runbook.QUEUE_STUCK),
                queue.queue().metricApproximateAgeOfOldestMessage(MOST));
    }

    /** Alarms when a function fails or is not let run. */
    void watch(GuardFunction function) {
        String name = function.name();
        Alarm failed = beyond(
                0,
                name + "-errors",
                described(
                        "The function " + name + " failed: see its log group /aws/lambda/" + name + ".",
                        Runbook.FUNCTION_ERRORS),
                function.function().metricErrors(ALL));
        errors.put(name, failed);
        beyond(
                0,
                name + "-throttles",
                described(
                        "The function " + name + " was throttled: see the account's concurrency.",
                        Runbook.FUNCTION_THROTTLES),
                function.function().metricThrottles(ALL));
    }

    /** Alarms when the kill switch did not do what it is for: for the case that the functions cannot say so themselves. */
    void watch(Measures measures) {
        beyond(
                0,
                "backstop-kill-not-effective",
                described(
                        "A session acted minutes after it was revoked: it may still be acting.",
                        Runbook.KILL_NOT_EFFECTIVE),
                measures.killsNotEffective(ALL));
        beyond(
                0,
                "backstop-drill-failed",
                described(
                        "The kill switch failed its drill: revoking an agent session may not stop it.",
                        Runbook.DRILL_FAILED),
                measures.drillsFailed(ALL));
    }

    /**
     * Alarms when no heartbeat was handled for long, whatever the reason: no trail, no delivery, no rule, no function. A
     * stack that was just deployed has none yet, and neither has one that CloudTrail keeps waiting: so silence tells nobody
     * by itself. It must last through the time that the composite alarm waits for its suppressor, which is where CloudWatch
     * lets an alarm's action wait. The suppressor has told of itself when it holds this one back.
     */
    void watchHeartbeat(Measures measures, GuardFunction respond) {
        Alarm silent = Alarm.Builder.create(this, "backstop-heartbeat-silent")
                .alarmName("backstop-heartbeat-silent")
                .alarmDescription(
                        "No heartbeat for two periods. This tells nobody; backstop-heartbeat-missing does, if it"
                                + " lasts for " + PATIENCE.toMinutes() + " minutes more.")
                .metric(measures.heartbeat(MetricOptions.builder()
                        .period(Duration.minutes(10))
                        .statistic("SampleCount")
                        .build()))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(2)
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
        CompositeAlarm missing = CompositeAlarm.Builder.create(this, "backstop-heartbeat-missing")
                .compositeAlarmName("backstop-heartbeat-missing")
                .alarmDescription(described(
                        "No heartbeat of Backstop came through: it may not hear what agents do.",
                        Runbook.HEARTBEAT_MISSING))
                .alarmRule(AlarmRule.fromAlarm(silent, AlarmState.ALARM))
                .actionsSuppressor(errors.get(respond.name()))
                .actionsSuppressorWaitPeriod(PATIENCE)
                .actionsSuppressorExtensionPeriod(Duration.minutes(1))
                .build();
        missing.addAlarmAction(new SnsAction(topic.topic()));
    }

    private String described(String text, Runbook section) {
        return text + " " + section.link(runbook);
    }

    private Alarm beyond(double threshold, String name, String description, Metric metric) {
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(name)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic.topic()));
        return alarm;
    }
}
