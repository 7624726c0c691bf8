package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.rules.ComposedRule;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/** One EventBridge rule for every rule in force, all with the respond function as their only target. */
public final class AgentRules extends Construct {
    static final String PREFIX = "backstop-";

    /** The account that a stack is deployed into, known when CloudFormation deploys it. */
    static final Account HERE = new Account(Aws.PARTITION, Aws.ACCOUNT_ID);

    public AgentRules(Construct scope, String id, RuleBook book, GuardFunction respond, GuardQueue undelivered) {
        super(scope, id);
        CfnPermission permission = respond.open();
        for (ComposedRule rule : book.composedFor(HERE)) {
            CfnRule deployed = CfnRule.Builder.create(this, rule.definition().id())
                    .name(PREFIX + rule.definition().id())
                    .description(rule.definition().rule().title())
                    .eventPattern(Json.MAPPER.convertValue(rule.pattern(), Map.class))
                    .state(state(rule.definition().readOnly()))
                    .targets(List.of(target("respond", respond.invokedArn(), undelivered)
                            .inputTransformer(CfnRule.InputTransformerProperty.builder()
                                    .inputTemplate(
                                            inputTemplate(rule.definition().rule()))
                                    .build())
                            .build()))
                    .build();
            deployed.getNode().addDependency(permission, undelivered);
        }
    }

    /** The rule's own JSON with the whole event in it, which is what the respond function reads. */
    static String inputTemplate(Rule rule) {
        ObjectNode json = rule.toJson();
        String text = Json.write(json);
        return text.substring(0, text.length() - 1) + ",\"event\":<aws.events.event.json>}";
    }

    /** In a rule's default state EventBridge drops read-only management events such as AssumeRole. */
    static String state(boolean readOnly) {
        return readOnly ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED";
    }

    /** A target that is tried for six hours, and whose lost events are kept. */
    static CfnRule.TargetProperty.Builder target(String id, String arn, GuardQueue undelivered) {
        return CfnRule.TargetProperty.builder()
                .id(id)
                .arn(arn)
                .retryPolicy(CfnRule.RetryPolicyProperty.builder()
                        .maximumEventAgeInSeconds(Duration.hours(6).toSeconds())
                        .maximumRetryAttempts(185)
                        .build())
                .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                        .arn(undelivered.arn())
                        .build());
    }

    /** The ARN that every rule of this stack's Region and account has. */
    static String anyArn() {
        return Grants.arn("events", "rule/" + PREFIX + "*");
    }
}
