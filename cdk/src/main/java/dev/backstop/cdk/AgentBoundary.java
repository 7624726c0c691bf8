package dev.backstop.cdk;

import dev.backstop.core.AgentSelector;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.constructs.Construct;

/**
 * The most that an agent role may do: a <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html">permissions boundary</a> under
 * which no agent can lift its own deny. An account has one, which Backstop's stack deploys.
 */
public final class AgentBoundary extends Construct {
    private final ManagedPolicy policy;

    public AgentBoundary(Construct scope, String id) {
        super(scope, id);
        policy = ManagedPolicy.Builder.create(this, "Policy")
                .managedPolicyName(AgentSelector.BOUNDARY_NAME)
                .path(AgentRole.PATH)
                .description("The most that an AI agent's role may do: nothing by which it could escape Backstop")
                .document(PolicyDocument.Builder.create()
                        .statements(BoundaryStatements.all())
                        .build())
                .build();
    }

    public IManagedPolicy policy() {
        return policy;
    }

    /** The boundary that Backstop's stack has deployed in the account, for stacks of another app. */
    public static IManagedPolicy deployed(Construct scope, String id) {
        return ManagedPolicy.fromManagedPolicyArn(scope, id, arn());
    }

    /** The boundary's ARN in the stack's own account. */
    static String arn() {
        return Grants.located("arn:${Partition}:iam::${Account}:" + AgentSelector.BOUNDARY);
    }
}
