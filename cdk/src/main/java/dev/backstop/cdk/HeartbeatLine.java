package dev.backstop.cdk;

import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.rules.HeartbeatRule;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/** The heartbeat's way through the whole of the real line: the canary's call on a schedule, and the rule that hears it. */
public final class HeartbeatLine extends Construct {
    /**
     * @param caller makes the call
     * @param respond hears it
     */
    public HeartbeatLine(
            Construct scope, String id, GuardFunction caller, GuardFunction respond, GuardQueue undelivered) {
        super(scope, id);
        CfnPermission permission = respond.open();
        CfnRule rule = CfnRule.Builder.create(this, "Rule")
                .name(AgentRules.PREFIX + Heartbeat.RULE.id())
                .description("The canary's dry run, and nothing else: proof that the guard hears what agents do")
                .eventPattern(Json.MAPPER.convertValue(HeartbeatRule.pattern(AgentRules.HERE), Map.class))
                .state(AgentRules.state(false))
                .targets(List.of(AgentRules.target("respond", respond.invokedArn(), undelivered)
                        .inputTransformer(CfnRule.InputTransformerProperty.builder()
                                .inputTemplate(AgentRules.inputTemplate(Heartbeat.RULE))
                                .build())
                        .build()))
                .build();
        rule.getNode().addDependency(permission, undelivered);
        new Schedule(this, "Call", "heartbeat-call", "rate(10 minutes)", "{\"heartbeat\":true}", caller, undelivered);
    }
}
