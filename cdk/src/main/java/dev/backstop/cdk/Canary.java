package dev.backstop.cdk;

import dev.backstop.core.Heartbeat;
import java.util.List;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The agent role that drills of the kill switch open sessions of, one to kill and one that must go on, and that the
 * heartbeat is made with: it may make two calls, one that changes nothing, and one that is only made as a dry run.
 */
public final class Canary extends Construct {
    /** The call that a live canary session can make and a revoked one cannot. */
    public static final String CALL = "lambda:GetAccountSettings";

    /** The call of the heartbeat, as a dry run; without being allowed it would be one more refused call in every audit. */
    static final String BEAT = "ec2:" + Heartbeat.EVENT_NAME;

    static final String NAME = "backstop-canary";

    /**
     * @param trusted who drills
     * @param boundary of agent roles, where this stack deploys it
     */
    public Canary(Construct scope, String id, IPrincipal trusted, IManagedPolicy boundary) {
        super(scope, id);
        PolicyStatement call = Grants.allow(List.of(CALL), List.of("*"));
        PolicyStatement beat =
                Grants.allow(List.of(BEAT), List.of(Grants.arn("ec2", "security-group/*"), Grants.arn("ec2", "vpc/*")));
        AgentRole.limited(
                this,
                "Role",
                AgentRoleOptions.assumedBy(trusted).named(NAME).within(boundary).with(call, beat));
    }

    /** What whoever drills needs; by name, since the role's trust in turn names whoever drills. */
    static PolicyStatement assuming() {
        return AgentTrust.assuming(Grants.located("arn:${Partition}:iam::${Account}:role" + AgentRole.PATH + NAME));
    }
}
