package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.core.baseline.Watched;
import dev.backstop.rules.ComposedRule;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/**
 * One EventBridge rule for every rule in force, all with the respond function as their target; and those that revert what
 * baselines are kept of tell the baseline function, too, that what the call made is not to stay.
 */
public final class AgentRules extends Construct {
    static final String PREFIX = "backstop-";

    /** The account that a stack is deployed into, known when CloudFormation deploys it. */
    static final Account HERE = new Account(Aws.PARTITION, Aws.ACCOUNT_ID);

    /**
     * Where a bus takes fewer rules than the 300 of everywhere else; see <a
     * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html">EventBridge's quotas</a>.
     */
    private static final Set<String> SMALL_BUSES = Set.of("af-south-1", "eu-south-1");

    private static final int SMALL_BUS = 100;
    /** Backstop's own rules that are no catalogue's, and somebody else's few. */
    private static final int OTHERS = 10;

    public AgentRules(
            Construct scope,
            String id,
            RuleBook book,
            GuardFunction respond,
            GuardFunction baseline,
            GuardQueue undelivered) {
        super(scope, id);
        CfnPermission permission = respond.open();
        CfnRule.TargetProperty undoing = target("baseline", baseline.invokedArn(), undelivered)
                .inputTransformer(CfnRule.InputTransformerProperty.builder()
                        .inputTemplate("{\"undoing\":true,\"event\":<aws.events.event.json>}")
                        .build())
                .build();
        for (ComposedRule rule : book.composedFor(HERE)) {
            CfnRule.TargetProperty answer = target("respond", respond.invokedArn(), undelivered)
                    .inputTransformer(CfnRule.InputTransformerProperty.builder()
                            .inputTemplate(inputTemplate(rule.definition().rule()))
                            .build())
                    .build();
            CfnRule deployed = CfnRule.Builder.create(this, rule.definition().id())
                    .name(PREFIX + rule.definition().id())
                    .description(rule.definition().rule().title())
                    .eventPattern(Json.MAPPER.convertValue(rule.pattern(), Map.class))
                    .state(state(rule.definition().readOnly()))
                    .targets(undoes(rule.definition().rule()) ? List.of(answer, undoing) : List.of(answer))
                    .build();
            deployed.getNode().addDependency(permission, undelivered);
        }
        warnOfSmallBus(book.definitions().size());
    }

    /** A deployment that meets the quota fails in its middle and is rolled back, half an hour later. */
    private void warnOfSmallBus(int rules) {
        String region = Stack.of(this).getRegion();
        if (SMALL_BUSES.contains(region) && rules > SMALL_BUS - OTHERS) {
            Annotations.of(this)
                    .addWarningV2(
                            "backstop:rules-per-bus",
                            "A bus in " + region + " takes " + SMALL_BUS
                                    + " rules unless AWS has raised that quota, and"
                                    + " these are " + rules + ": have \"Number of rules\" of EventBridge raised to 300"
                                    + " before you deploy.");
        }
    }

    /** Whether what the calls make of a resource that a baseline is kept of is to be undone. */
    static boolean undoes(Rule rule) {
        return rule.remediation() != null && Watched.isMarked(rule.resourceType());
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
