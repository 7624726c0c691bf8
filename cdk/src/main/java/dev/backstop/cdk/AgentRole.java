package dev.backstop.cdk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * A role for AI agents whose sessions Backstop can tell apart, and stop for certain: under {@code /agents/}, at most one
 * hour, within the boundary, and assumed only by who says which session, developer and project it is for.
 */
public final class AgentRole extends Construct {
    /** Of agent roles and their policies. */
    public static final String PATH = "/agents/";

    /** What the names of stacks that agents deploy with their own permissions begin with. */
    public static final String STACKS = "by-agent-";

    private final Role role;

    private AgentRole(
            Construct scope,
            String id,
            AgentRoleOptions options,
            @Nullable String awsPolicy,
            List<PolicyStatement> own) {
        super(scope, id);
        AgentTrust trust = new AgentTrust(options.trusted(), options.sessionIds());
        IManagedPolicy boundary = options.boundary();
        role = Role.Builder.create(this, "Role")
                .path(PATH)
                .roleName(options.name())
                .description("An AI agent's role, watched and bounded by Backstop")
                .assumedBy(trust.principal())
                // The least that IAM knows; a shorter session is for whoever assumes the role to ask for.
                .maxSessionDuration(Duration.hours(1))
                .permissionsBoundary(boundary == null ? AgentBoundary.deployed(this, "Boundary") : boundary)
                .managedPolicies(
                        awsPolicy == null ? List.of() : List.of(ManagedPolicy.fromAwsManagedPolicyName(awsPolicy)))
                .build();
        trust.complete(role);
        List<PolicyStatement> statements = new ArrayList<>(own);
        statements.addAll(options.limits());
        statements.addAll(options.statements());
        // Not inline: all inline policies of a role share one small quota, and the denies of revoked sessions need it.
        ManagedPolicy.Builder.create(this, "Policy")
                .path(PATH)
                .description("What the agent role may do besides, and what it may not")
                .statements(statements)
                .roles(List.of(role))
                .build();
    }

    /** A role that looks at everything but secrets' values: AWS's ReadOnlyAccess without those. */
    public static AgentRole readOnly(Construct scope, String id, AgentRoleOptions options) {
        PolicyStatement secrets = PolicyStatement.Builder.create()
                .sid("NoSecrets")
                .effect(Effect.DENY)
                .actions(List.of(
                        "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "ssm:GetParameter*"))
                // Public parameters, such as the newest machine image's id, belong to no account and stay readable.
                .resources(
                        List.of("arn:*:secretsmanager:*:*:secret:*", "arn:*:ssm:*:" + Aws.ACCOUNT_ID + ":parameter/*"))
                .build();
        return new AgentRole(scope, id, options, "ReadOnlyAccess", List.of(secrets));
    }

    /** A role that builds and changes: AWS's PowerUserAccess, and passing roles under {@code /agents/} to services. */
    public static AgentRole readWrite(Construct scope, String id, AgentRoleOptions options) {
        PolicyStatement passing = PolicyStatement.Builder.create()
                .sid("PassAgentRoles")
                .actions(List.of("iam:PassRole"))
                .resources(List.of(BoundaryStatements.AGENT_ROLES))
                .build();
        return new AgentRole(scope, id, options, "PowerUserAccess", List.of(passing));
    }

    /** A role that may do what {@link AgentRoleOptions#statements()} say, and nothing else. */
    public static AgentRole limited(Construct scope, String id, AgentRoleOptions options) {
        if (options.statements().isEmpty()) {
            throw new IllegalArgumentException("an agent role that is limited to statements needs one at least");
        }
        return new AgentRole(scope, id, options, null, List.of());
    }

    /** The role itself. What is granted to it by CDK's {@code grant…} methods goes into an inline policy. */
    public IRole role() {
        return role;
    }

    /** What whoever hands out sessions of this role needs, besides being trusted. */
    public PolicyStatement assuming() {
        return AgentTrust.assuming(role.getRoleArn());
    }
}
