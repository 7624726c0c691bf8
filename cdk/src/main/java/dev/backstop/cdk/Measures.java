package dev.backstop.cdk;

import dev.backstop.core.Severity;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.Unit;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/**
 * The guard's own metrics, read by CloudWatch from the lines that the functions log: few, since each costs as much a month
 * as a hundred thousand findings. What is asked for by rule is asked of the logs.
 */
public final class Measures extends Construct {
    static final String NAMESPACE = "Backstop";

    private static final String FINDINGS = "Findings";
    private static final String SEVERITY = "Severity";

    private final Metric heartbeat;
    private final Metric actionsFailed;
    private final Metric toDetected;
    private final Metric toAlert;
    private final Metric toContained;
    private final Metric toDenied;
    private final Metric toRefused;
    private final Metric drillToRefused;
    private final Metric drillsFailed;
    private final Metric killsNotEffective;

    public Measures(Construct scope, String id, GuardFunctions functions) {
        super(scope, id);
        MetricFilter.Builder.create(this, FINDINGS)
                .logGroup(functions.respond().logs())
                .metricNamespace(NAMESPACE)
                .metricName(FINDINGS)
                .filterPattern(FilterPattern.literal("{ $.action = \"alert\" && $.duplicate IS FALSE }"))
                .metricValue("1")
                .dimensions(Map.of(SEVERITY, "$.severity"))
                .build();
        heartbeat = seconds("HeartbeatSeconds", functions.respond(), "heartbeat");
        actionsFailed = count("ActionsFailed", functions.respond(), "{ $.status = \"failed\" }");
        toDetected = seconds("SecondsFromCallToDetected", functions.respond(), "detected");
        toAlert = seconds("SecondsFromCallToAlert", functions.respond(), "alerted");
        toContained = seconds("SecondsFromCallToContained", functions.respond(), "contained");
        toDenied = seconds("SecondsFromCallToDenied", functions.revoke(), "denied");
        toRefused = seconds("SecondsFromDeniedToRefused", functions.sessions(), "refused");
        drillToRefused = seconds("DrillSecondsToRefused", functions.drill(), "drill");
        drillsFailed = count("DrillsFailed", functions.drill(), "{ $.measure = \"drill\" && $.passed IS FALSE }");
        killsNotEffective = count("KillsNotEffective", functions.sessions(), "{ $.rule = \"kill-not-effective\" }");
    }

    Metric findings(Severity severity, MetricOptions options) {
        return Metric.Builder.create()
                .namespace(NAMESPACE)
                .metricName(FINDINGS)
                .dimensionsMap(Map.of(SEVERITY, severity.word()))
                .build()
                .with(options);
    }

    /** From the canary's call until the line had handled it. */
    Metric heartbeat(MetricOptions options) {
        return heartbeat.with(options);
    }

    Metric actionsFailed(MetricOptions options) {
        return actionsFailed.with(options);
    }

    /** From an agent's call until its record arrived: AWS's share of the time. */
    Metric toDetected(MetricOptions options) {
        return toDetected.with(options);
    }

    Metric toAlert(MetricOptions options) {
        return toAlert.with(options);
    }

    /** From an agent's call until all that its rule asks for was done and read back. */
    Metric toContained(MetricOptions options) {
        return toContained.with(options);
    }

    Metric toDenied(MetricOptions options) {
        return toDenied.with(options);
    }

    Metric toRefused(MetricOptions options) {
        return toRefused.with(options);
    }

    Metric drillToRefused(MetricOptions options) {
        return drillToRefused.with(options);
    }

    Metric drillsFailed(MetricOptions options) {
        return drillsFailed.with(options);
    }

    Metric killsNotEffective(MetricOptions options) {
        return killsNotEffective.with(options);
    }

    /** A metric of the seconds in the lines of one measure. */
    private Metric seconds(String metric, GuardFunction function, String measure) {
        return MetricFilter.Builder.create(this, metric)
                .logGroup(function.logs())
                .metricNamespace(NAMESPACE)
                .metricName(metric)
                .filterPattern(FilterPattern.literal("{ $.measure = \"" + measure + "\" }"))
                .metricValue("$.seconds")
                .unit(Unit.SECONDS)
                .build()
                .metric();
    }

    private Metric count(String metric, GuardFunction function, String pattern) {
        return MetricFilter.Builder.create(this, metric)
                .logGroup(function.logs())
                .metricNamespace(NAMESPACE)
                .metricName(metric)
                .filterPattern(FilterPattern.literal(pattern))
                .metricValue("1")
                .build()
                .metric();
    }
}
