package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the agents' boundary denies whoever else grants it: a resource's own policy can name a session, which is then not
 * limited by what a boundary merely leaves out.
 */
final class BoundaryDenials {
    /** Where whoever deploys the guard keeps its code, and the roles that deploy it. */
    private static final String BOOTSTRAP = "hnb659fds";

    private BoundaryDenials() {}

    static List<PolicyStatement> all() {
        return List.of(
                deny("UseOtherRoles")
                        .actions(List.of("iam:PassRole", "sts:AssumeRole"))
                        .notResources(List.of(BoundaryStatements.AGENT_ROLES))
                        .build(),
                identities(),
                guard(),
                deny("GuardKey")
                        .actions(List.of("kms:*"))
                        .resources(List.of("*"))
                        .conditions(Map.of("ForAnyValue:StringLike", Map.of("kms:ResourceAliases", "alias/backstop-*")))
                        .build(),
                deny("GuardFeed")
                        .actions(List.of("lambda:*EventSourceMapping"))
                        .resources(List.of("*"))
                        .conditions(
                                Map.of("ArnLike", Map.of("lambda:FunctionArn", "arn:*:lambda:*:*:function:backstop-*")))
                        .build(),
                deny("ForgeOutcomes")
                        .actions(List.of("events:PutEvents"))
                        .resources(List.of("*"))
                        .conditions(Map.of("ForAnyValue:StringEquals", Map.of("events:source", "backstop")))
                        .build(),
                deny("ForgeMeasures")
                        .actions(List.of("cloudwatch:PutMetricData"))
                        .resources(List.of("*"))
                        .conditions(Map.of("StringEquals", Map.of("cloudwatch:namespace", Measures.NAMESPACE)))
                        .build(),
                records(),
                // EC2 asks for ec2:CreateTags by the same key when an instance is launched with tags.
                deny("ExemptThings")
                        .actions(List.of("*"))
                        .resources(List.of("*"))
                        .conditions(Map.of("ForAnyValue:StringLike", Map.of("aws:TagKeys", "backstop:*")))
                        .build(),
                borrowedStacks());
    }

    /** The deny of a revoked session is an inline policy: whoever edits the role's policies can lift it, or fill their quota. */
    private static PolicyStatement identities() {
        return deny("ChangeIdentities")
                .actions(List.of(
                        "iam:Add*",
                        "iam:Attach*",
                        "iam:Create*",
                        "iam:Delete*",
                        "iam:Detach*",
                        "iam:Put*",
                        "iam:Remove*",
                        "iam:Set*",
                        "iam:Tag*",
                        "iam:Untag*",
                        "iam:Update*"))
                .resources(List.of(
                        "arn:*:iam::*:role/agent*",
                        "arn:*:iam::*:role/backstop-*",
                        "arn:*:iam::*:role/cdk-*",
                        "arn:*:iam::*:policy/agents/*",
                        "arn:*:iam::*:policy/Backstop*"))
                .build();
    }

    /** Reading too: the table and the logs say what is watched, and hold other sessions' evidence. */
    private static PolicyStatement guard() {
        return deny("TouchTheGuard")
                .actions(List.of("*"))
                .resources(List.of(
                        "arn:*:chatbot:*:*:chat-configuration/*/backstop-*",
                        "arn:*:chatbot:*:*:custom-action/backstop-*",
                        "arn:*:cloudformation:*:*:stack/Backstop*",
                        "arn:*:cloudformation:*:*:stack/CDKToolkit/*",
                        "arn:*:cloudwatch:*:*:alarm:backstop-*",
                        "arn:*:cloudwatch::*:dashboard/backstop-*",
                        "arn:*:dynamodb:*:*:table/backstop*",
                        "arn:*:ecr:*:*:repository/cdk-" + BOOTSTRAP + "-*",
                        "arn:*:events:*:*:api-destination/backstop-*",
                        "arn:*:events:*:*:connection/backstop-*",
                        "arn:*:events:*:*:rule/backstop-*",
                        "arn:*:kms:*:*:alias/backstop-*",
                        "arn:*:lambda:*:*:function:backstop-*",
                        "arn:*:lambda:*:*:layer:backstop-*",
                        "arn:*:logs:*:*:log-group:/aws/events/backstop-*",
                        "arn:*:logs:*:*:log-group:/aws/lambda/backstop-*",
                        "arn:*:s3:::backstop-*",
                        "arn:*:s3:::cdk-" + BOOTSTRAP + "-*",
                        "arn:*:scheduler:*:*:schedule/*/backstop-*",
                        "arn:*:secretsmanager:*:*:secret:backstop-*",
                        "arn:*:sns:*:*:backstop-*",
                        "arn:*:sqs:*:*:backstop-*",
                        "arn:*:ssm:*:*:parameter/backstop*",
                        "arn:*:ssm:*:*:parameter/cdk-bootstrap/" + BOOTSTRAP + "/*"))
                .build();
    }

    /** Whatever Backstop learns comes over these. */
    private static PolicyStatement records() {
        return deny("BlindTheGuard")
                .actions(List.of(
                        "cloudtrail:Delete*",
                        "cloudtrail:Deregister*",
                        "cloudtrail:Put*",
                        "cloudtrail:Stop*",
                        "cloudtrail:Update*",
                        "config:Delete*",
                        "config:Disassociate*",
                        "config:Put*",
                        "config:Stop*",
                        "events:PutPermission",
                        "events:RemovePermission",
                        "events:UpdateEventBus",
                        "logs:*AccountPolicy",
                        "logs:*ResourcePolicy"))
                .resources(List.of("*"))
                .build();
    }

    /**
     * A stack keeps the service role it was made with, an administrator's as a rule, and CloudFormation uses that for
     * whoever may update the stack, without asking whether they may pass it:
     * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
     */
    private static PolicyStatement borrowedStacks() {
        return deny("BorrowAStacksRole")
                .actions(List.of(
                        "cloudformation:ContinueUpdateRollback",
                        "cloudformation:CreateChangeSet",
                        "cloudformation:CreateStack*",
                        "cloudformation:DeleteStack*",
                        "cloudformation:ExecuteStackRefactor",
                        "cloudformation:ImportStacksToStackSet",
                        "cloudformation:RollbackStack",
                        "cloudformation:UpdateStack*"))
                .notResources(List.of("arn:*:cloudformation:*:*:stack/" + AgentRole.STACKS + "*"))
                .conditions(Map.of("ArnNotLike", Map.of("cloudformation:RoleArn", BoundaryStatements.AGENT_ROLES)))
                .build();
    }

    private static PolicyStatement.Builder deny(String sid) {
        return PolicyStatement.Builder.create().sid(sid).effect(Effect.DENY);
    }
}
