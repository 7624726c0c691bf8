package dev.backstop.cdk;

import java.util.List;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The agent role that drills of the kill switch open sessions of, one to kill and one that must go on: it may make one
 * call, which changes nothing and costs nothing.
 */
public final class Canary extends Construct {
    /** The call that a live canary session can make and a revoked one cannot. */
    public static final String CALL = "lambda:GetAccountSettings";

    static final String NAME = "backstop-canary";

    /**
     * @param trusted who drills
     * @param boundary of agent roles, where this stack deploys it
     */
    public Canary(Construct scope, String id, IPrincipal trusted, IManagedPolicy boundary) {
        super(scope, id);
        PolicyStatement call = Grants.allow(List.of(CALL), List.of("*"));
        AgentRole.limited(
                this,
                "Role",
                AgentRoleOptions.assumedBy(trusted).named(NAME).within(boundary).with(call));
    }

    /** What whoever drills needs; by name, since the role's trust in turn names whoever drills. */
    static PolicyStatement assuming() {
        return AgentTrust.assuming(Grants.located("arn:${Partition}:iam::${Account}:role" + AgentRole.PATH + NAME));
    }
}
