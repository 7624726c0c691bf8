package dev.backstop.cdk;

import java.util.Map;
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

    public Measures(Construct scope, String id, GuardFunctions functions) {
        super(scope, id);
        MetricFilter.Builder.create(this, "Findings")
                .logGroup(functions.respond().logs())
                .metricNamespace(NAMESPACE)
                .metricName("Findings")
                .filterPattern(FilterPattern.literal("{ $.action = \"alert\" && $.duplicate IS FALSE }"))
                .metricValue("1")
                .dimensions(Map.of("Severity", "$.severity"))
                .build();
        MetricFilter.Builder.create(this, "Failures")
                .logGroup(functions.respond().logs())
                .metricNamespace(NAMESPACE)
                .metricName("ActionsFailed")
                .filterPattern(FilterPattern.literal("{ $.status = \"failed\" }"))
                .metricValue("1")
                .build();
        seconds("SecondsFromCallToDetected", functions.respond(), "detected");
        seconds("SecondsFromCallToDenied", functions.revoke(), "denied");
        seconds("SecondsFromDeniedToRefused", functions.sessions(), "refused");
        seconds("DrillSecondsToRefused", functions.drill(), "drill");
    }

    /** A metric of the seconds in the lines of one measure. */
    private void seconds(String metric, GuardFunction function, String measure) {
        MetricFilter.Builder.create(this, metric)
                .logGroup(function.logs())
                .metricNamespace(NAMESPACE)
                .metricName(metric)
                .filterPattern(FilterPattern.literal("{ $.measure = \"" + measure + "\" }"))
                .metricValue("$.seconds")
                .unit(Unit.SECONDS)
                .build();
    }
}
