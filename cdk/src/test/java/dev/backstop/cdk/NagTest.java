package dev.backstop.cdk;

import dev.backstop.cdk.BackstopApp.Home;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** cdk-nag's AwsSolutions checks; each exception stands here with its reason. */
class NagTest {
    private static final String AGENT_ROLES = "Which agent roles there will be is not known; their prefix is, and the"
            + " revocation may edit no others.";
    private static final String UNDELIVERED =
            "It is a dead-letter queue, of EventBridge targets, which the check cannot" + " see; an alarm watches it.";

    private static final String BOUNDARY =
            "A boundary grants nothing: it is the most that other policies can, and every other wildcard is a deny's.";
    private static final String AGENTS_WORK =
            "What the team's agents may do is the team's to say: AWS's own policies for"
                    + " reading and for building are what the constructs start from, within the boundary.";

    @Test
    void agentRolesPass() {
        App app = Synthesized.app(Map.of());
        Stack roles = new AgentRolesExample.TeamRoles(app, "TeamRoles");
        for (String role : List.of("Reader", "Deployer")) {
            accept(roles, role + "/Role/Resource", "AwsSolutions-IAM4", AGENTS_WORK);
            accept(roles, role + "/Policy/Resource", "AwsSolutions-IAM5", AGENTS_WORK);
        }
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
        Annotations.fromStack(roles).hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        Annotations.fromStack(roles).hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*"));
    }

    @Test
    void theGuardsStacksPass() {
        App app = Synthesized.app(Synthesized.everything());
        Stack home = BackstopApp.build(app, new Home(Synthesized.ACCOUNT.id(), "eu-west-1"), Synthesized.CODE);
        List<Stack> stacks = new ArrayList<>(home.getDependencies());
        stacks.forEach(outpost -> accept(outpost, "Undelivered/Queue/Resource", "AwsSolutions-SQS3", UNDELIVERED));
        stacks.add(home);
        accept(
                home,
                "Functions/Respond/Role/Resource",
                "AwsSolutions-IAM5",
                "What will have to be reverted is not known; the actions are exactly those that remediations declare, and"
                        + " * stands only where AWS knows no resource for the action.");
        accept(
                home,
                "Functions/Baseline/Role/Resource",
                "AwsSolutions-IAM5",
                "It looks at every group and instance; what describes more than one knows no resource.");
        accept(
                home,
                "Functions/Evaluate/Role/Resource",
                "AwsSolutions-IAM5",
                "AWS knows no resource for the answer to a rule of AWS Config's, nor for asking its history.");
        accept(
                home,
                "Drift/Recorder/Items/Resource",
                "AwsSolutions-S1",
                "What AWS Config alone writes there is read by nobody else; its own access is in CloudTrail.");
        accept(
                home,
                "Drift/Recorder/Role/Resource",
                "AwsSolutions-IAM4",
                "AWS's own policy for its recorder follows what Config learns to record.");
        accept(home, "Functions/Revoke/Role/Resource", "AwsSolutions-IAM5", AGENT_ROLES);
        accept(home, "Functions/Restore/Role/Resource", "AwsSolutions-IAM5", AGENT_ROLES);
        accept(home, "Functions/Sessions/Role/Resource", "AwsSolutions-IAM5", AGENT_ROLES);
        accept(
                home,
                "Functions/Drill/Role/Resource",
                "AwsSolutions-IAM5",
                "What the account is called is asked of the account, which is no resource.");
        accept(
                home,
                "Channels/Slack/Function/Role/Resource",
                "AwsSolutions-IAM5",
                "Secrets Manager adds six characters to the name of a secret, which nobody knows before.");
        accept(
                home,
                "Channels/Slack/Failed/Queue/Resource",
                "AwsSolutions-SQS3",
                "It is where a function's failures go, which the check cannot see; an alarm watches it.");
        accept(
                home,
                "Channels/SecurityHub/Failed/Queue/Resource",
                "AwsSolutions-SQS3",
                "It is where a function's failures go, which the check cannot see; an alarm watches it.");
        accept(home, "AgentBoundary/Policy/Resource", "AwsSolutions-IAM5", BOUNDARY);
        accept(
                home,
                "Canary/Role/Policy/Resource",
                "AwsSolutions-IAM5",
                "One call that the canary may make changes nothing and knows no resource; the other is only made as a dry"
                        + " run, whose group has no id.");
        accept(home, "Undelivered/Queue/Resource", "AwsSolutions-SQS3", UNDELIVERED);
        accept(
                home,
                "Trail/Logs/Resource",
                "AwsSolutions-S1",
                "The bucket holds the audit log itself, whose digest files show tampering; access logs would need a second"
                        + " bucket with the same question.");
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
        for (Stack stack : stacks) {
            Annotations.fromStack(stack).hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
            Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        }
    }

    private static void accept(Stack stack, String path, String check, String reason) {
        NagSuppressions.addResourceSuppressionsByPath(
                stack,
                "/" + stack.getNode().getPath() + "/" + path,
                List.of(NagPackSuppression.builder().id(check).reason(reason).build()));
    }
}
