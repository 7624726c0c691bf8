package dev.backstop.cdk;

import dev.backstop.core.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.LogQueryVisualizationType;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.YAxisProps;
import software.constructs.Construct;

/** What on call looks at: what is found and what becomes of it, how fast, and whether the guard itself is well. */
public final class GuardDashboard extends Construct {
    /** Begins like everything that the agents' boundary protects. */
    static final String NAME = "backstop-guard";

    private static final int HALF = 12;
    private static final int THIRD = 8;
    private static final int QUARTER = 6;
    private static final int HEIGHT = 6;

    private static final MetricOptions HOURLY =
            MetricOptions.builder().period(Duration.hours(1)).statistic("Sum").build();

    private final GuardFunctions functions;
    private final Measures measures;

    /** @param queues whose messages wait for a person */
    public GuardDashboard(
            Construct scope, String id, GuardFunctions functions, Measures measures, List<GuardQueue> queues) {
        super(scope, id);
        this.functions = functions;
        this.measures = measures;
        Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(NAME)
                .defaultInterval(Duration.days(1))
                .build();
        dashboard.addWidgets(findings(), byRule());
        dashboard.addWidgets(actions(), failures(), heartbeats(), drills());
        dashboard.addWidgets(
                percentiles("Call to alert", measures::toAlert),
                percentiles("Call to contained", measures::toContained),
                percentiles("Call to its record's arrival, which is AWS's share", measures::toDetected));
        dashboard.addWidgets(kills(), waiting(queues), health());
    }

    private IWidget findings() {
        List<IMetric> metrics = Arrays.stream(Severity.values())
                .<IMetric>map(severity -> measures.findings(severity, HOURLY)
                        .with(MetricOptions.builder().label(severity.word()).build()))
                .toList()
                .reversed();
        return graph("Findings by severity", HALF).stacked(true).left(metrics).build();
    }

    private IWidget byRule() {
        return table("Findings by rule", HALF, List.of(functions.respond()))
                .queryLines(List.of(
                        "filter action = \"alert\"",
                        "stats count_distinct(event) as findings by severity, rule",
                        "sort findings desc",
                        "limit 50"))
                .build();
    }

    private IWidget actions() {
        return table("What became of actions", QUARTER, List.of(functions.respond(), functions.revoke()))
                .queryLines(List.of(
                        "filter action in [\"revert\", \"revoke\"]",
                        "stats count_distinct(event) as findings by action, status, verified",
                        "sort findings desc"))
                .build();
    }

    private IWidget failures() {
        return graph("Actions failed, kills not effective", QUARTER)
                .left(List.of(
                        labelled(measures.actionsFailed(HOURLY), "actions failed"),
                        labelled(measures.killsNotEffective(HOURLY), "kills not effective")))
                .build();
    }

    /** The last value is as old as the last point that is drawn. */
    private IWidget heartbeats() {
        MetricOptions most = MetricOptions.builder()
                .period(Duration.minutes(10))
                .statistic("Maximum")
                .build();
        return graph("Heartbeat: seconds from call to handled", QUARTER)
                .left(List.of(labelled(measures.heartbeat(most), "heartbeat")))
                .build();
    }

    /** Drills are weekly: a number of the last day would be empty on six days of seven. */
    private IWidget drills() {
        return table("Drills, the last first; look at 30 days", QUARTER, List.of(functions.drill()))
                .queryLines(List.of(
                        "filter measure = \"drill\"",
                        "display @timestamp, passed, secondsToRefused, secondsToRestored, failure",
                        "sort @timestamp desc",
                        "limit 5"))
                .build();
    }

    private IWidget kills() {
        return graph("Seconds: call to denied, denied to refused, drill", THIRD)
                .left(List.of(
                        labelled(measures.toDenied(percentile("p90")), "call to denied, p90"),
                        labelled(measures.toRefused(percentile("p90")), "denied to refused, p90"),
                        labelled(measures.drillToRefused(percentile("Maximum")), "drill to refused")))
                .build();
    }

    private static IWidget waiting(List<GuardQueue> queues) {
        MetricOptions most = MetricOptions.builder()
                .period(Duration.minutes(5))
                .statistic("Maximum")
                .build();
        List<IMetric> metrics = queues.stream()
                .<IMetric>map(
                        queue -> labelled(queue.queue().metricApproximateNumberOfMessagesVisible(most), queue.name()))
                .toList();
        return graph("Waiting for a person", THIRD).left(metrics).build();
    }

    private IWidget health() {
        MetricOptions sum = MetricOptions.builder()
                .period(Duration.minutes(5))
                .statistic("Sum")
                .build();
        List<IMetric> metrics = functions.all().stream()
                .<IMetric>flatMap(function -> Stream.of(
                        labelled(function.function().metricErrors(sum), function.name() + " errors"),
                        labelled(function.function().metricThrottles(sum), function.name() + " throttles")))
                .toList();
        return graph("Errors and throttles of the functions", THIRD)
                .left(metrics)
                .build();
    }

    private static IWidget percentiles(String title, java.util.function.Function<MetricOptions, Metric> metric) {
        List<IMetric> lines = Stream.of("p50", "p90", "p99")
                .<IMetric>map(statistic -> labelled(metric.apply(percentile(statistic)), statistic))
                .toList();
        return graph(title, THIRD)
                .left(lines)
                .leftYAxis(YAxisProps.builder()
                        .label("seconds")
                        .min(0)
                        .showUnits(false)
                        .build())
                .build();
    }

    private static MetricOptions percentile(String statistic) {
        return MetricOptions.builder()
                .period(Duration.hours(1))
                .statistic(statistic)
                .build();
    }

    private static Metric labelled(Metric metric, String label) {
        return metric.with(MetricOptions.builder().label(label).build());
    }

    private static GraphWidget.Builder graph(String title, int width) {
        return GraphWidget.Builder.create().title(title).width(width).height(HEIGHT);
    }

    private static LogQueryWidget.Builder table(String title, int width, List<GuardFunction> of) {
        return LogQueryWidget.Builder.create()
                .title(title)
                .logGroupNames(of.stream()
                        .map(function -> function.logs().getLogGroupName())
                        .toList())
                .view(LogQueryVisualizationType.TABLE)
                .width(width)
                .height(HEIGHT);
    }
}
