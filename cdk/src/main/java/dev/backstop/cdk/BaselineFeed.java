package dev.backstop.cdk;

import dev.backstop.core.Json;
import dev.backstop.rules.BaselineRule;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/**
 * The way to the baseline function: every change of a security group or an instance, whoever makes it; a look at all of them
 * when this stack has been deployed, and again twice a day for what was missed.
 */
public final class BaselineFeed extends Construct {
    private static final String SURVEY = "{\"survey\":true}";

    public BaselineFeed(Construct scope, String id, GuardFunction baseline, GuardQueue undelivered) {
        super(scope, id);
        CfnPermission permission = baseline.open();
        CfnRule changes = CfnRule.Builder.create(this, "Changes")
                .name(AgentRules.PREFIX + "baseline")
                .description("Every change of a security group or an instance, whoever makes it, for the baselines")
                .eventPattern(Json.MAPPER.convertValue(BaselineRule.pattern(), Map.class))
                .state(AgentRules.state(false))
                .targets(List.of(AgentRules.target("baseline", baseline.invokedArn(), undelivered)
                        .build()))
                .build();
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
        CfnRule deployed = CfnRule.Builder.create(this, "Deployed")
                .name(AgentRules.PREFIX + "deployed")
                .description("This stack is deployed: look at all that baselines are kept of")
                .eventPattern(Map.of(
                        "source", List.of("aws.cloudformation"),
                        "detail-type", List.of("CloudFormation Stack Status Change"),
                        "detail",
                                Map.of(
                                        "stack-id",
                                        List.of(Aws.STACK_ID),
                                        "status-details",
                                        Map.of("status", List.of("CREATE_COMPLETE", "UPDATE_COMPLETE")))))
                .targets(List.of(AgentRules.target("baseline", baseline.invokedArn(), undelivered)
                        .input(SURVEY)
                        .build()))
                .build();
        CfnRule survey = CfnRule.Builder.create(this, "Survey")
                .name(AgentRules.PREFIX + "survey")
                .description("Looks at all that baselines are kept of, for what was missed")
                .scheduleExpression("rate(12 hours)")
                .targets(List.of(AgentRules.target("baseline", baseline.invokedArn(), undelivered)
                        .input(SURVEY)
                        .build()))
                .build();
        List.of(changes, deployed, survey).forEach(rule -> rule.getNode().addDependency(permission, undelivered));
    }
}
