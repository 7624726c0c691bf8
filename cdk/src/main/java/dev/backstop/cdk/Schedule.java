package dev.backstop.cdk;

import java.util.List;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/** A function of the guard that is invoked again and again with the same input. */
public final class Schedule extends Construct {
    /**
     * @param name of the rule, behind {@code backstop-}
     * @param rate a <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html">
     *     schedule expression</a>
     * @param input the JSON that the function gets
     */
    public Schedule(
            Construct scope,
            String id,
            String name,
            String rate,
            String input,
            GuardFunction function,
            GuardQueue undelivered) {
        super(scope, id);
        CfnPermission permission = function.open();
        CfnRule rule = CfnRule.Builder.create(this, "Rule")
                .name(AgentRules.PREFIX + name)
                .description("Invokes " + function.name() + " again and again")
                .scheduleExpression(rate)
                .targets(List.of(AgentRules.target("function", function.invokedArn(), undelivered)
                        .input(input)
                        .build()))
                .build();
        rule.getNode().addDependency(permission, undelivered);
    }
}
