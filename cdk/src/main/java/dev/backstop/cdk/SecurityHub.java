package dev.backstop.cdk;

import dev.backstop.cdk.GuardFunction.Definition;
import dev.backstop.cdk.GuardFunction.Failures;
import dev.backstop.core.Urgency;
import dev.backstop.functions.message.Message;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.SecurityHubFindings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/** Alerts as findings of AWS Security Hub: a small function on the bus, whose failures wait in a queue of their own. */
public final class SecurityHub extends Construct {
    private final GuardQueue failed;

    /**
     * @param heard which alerts become findings; that an incident is over is none
     * @param aliased whether functions are invoked through the alias {@code live}
     */
    public SecurityHub(
            Construct scope,
            String id,
            FunctionCode code,
            Set<Urgency> heard,
            GuardQueue undelivered,
            boolean aliased) {
        super(scope, id);
        failed = new GuardQueue(this, "Failed", "backstop-security-hub-failed");
        Definition definition = new Definition(
                "backstop-security-hub",
                "Makes findings of Security Hub of alerts",
                "dev.backstop.functions.handler.SecurityHubHandler::handleRequest",
                code.securityHub(),
                512,
                Duration.minutes(1),
                Map.of("BACKSTOP_ACCOUNT", Aws.ACCOUNT_ID, "JAVA_TOOL_OPTIONS", Surroundings.JVM),
                List.of(Grants.allow(
                        SecurityHubFindings.ACTIONS,
                        List.of(Grants.arn("securityhub", "product/${Account}/default")))));
        GuardFunction function = new GuardFunction(this, "Function", definition, Failures.in(failed), aliased);
        CfnPermission permission = function.open();
        CfnRule rule = CfnRule.Builder.create(this, "Rule")
                .name("backstop-security-hub")
                .description("Hands Backstop's alerts to what makes findings of them")
                .eventPattern(Map.of(
                        "source", List.of(EventBridgeBus.SOURCE),
                        "account", List.of(Aws.ACCOUNT_ID),
                        "detail-type", List.of(Message.DETAIL_TYPE),
                        "detail",
                                Map.of(
                                        "urgency",
                                        HttpsEndpoint.words(heard),
                                        "incident",
                                        Map.of("closing", List.of(false)))))
                .targets(List.of(AgentRules.target("function", function.invokedArn(), undelivered)
                        .build()))
                .build();
        rule.getNode().addDependency(permission, undelivered);
    }

    /** Alerts that Security Hub did not take; an alarm watches it. */
    GuardQueue failed() {
        return failed;
    }
}
