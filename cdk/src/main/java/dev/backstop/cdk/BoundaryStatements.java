package dev.backstop.cdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the agents' boundary is made of: allowances that leave identities out, so that an IAM action AWS adds tomorrow is
 * denied too, and denies.
 */
final class BoundaryStatements {
    /** The roles that agents may be, and may let services be: those of the stack's own account. */
    static final String AGENT_ROLES = "arn:*:iam::" + Aws.ACCOUNT_ID + ":role" + AgentRole.PATH + "*";

    private BoundaryStatements() {}

    static List<PolicyStatement> all() {
        List<PolicyStatement> allowed = List.of(
                allow("Work")
                        .notActions(List.of(
                                "account:*",
                                "iam:*",
                                "identitystore:*",
                                "organizations:*",
                                "sso:*",
                                "sso-directory:*",
                                "sts:*"))
                        .resources(List.of("*"))
                        .build(),
                allow("Look")
                        .actions(List.of(
                                "account:Get*",
                                "account:List*",
                                "iam:Generate*",
                                "iam:Get*",
                                "iam:List*",
                                "iam:Simulate*",
                                "organizations:Describe*",
                                "organizations:List*",
                                "sts:DecodeAuthorizationMessage",
                                "sts:GetAccessKeyInfo",
                                "sts:GetCallerIdentity",
                                "sts:GetServiceBearerToken"))
                        .resources(List.of("*"))
                        .build(),
                // AWS alone says what such a role may do, and who may be it.
                allow("UseServices")
                        .actions(List.of("iam:CreateServiceLinkedRole"))
                        .resources(List.of("arn:*:iam::*:role/aws-service-role/*"))
                        .build(),
                allow("UseAgentRoles")
                        .actions(List.of("iam:PassRole", "sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"))
                        .resources(List.of(AGENT_ROLES))
                        .build());
        return Grants.all(allowed, BoundaryDenials.all());
    }

    private static PolicyStatement.Builder allow(String sid) {
        return PolicyStatement.Builder.create().sid(sid);
    }
}
