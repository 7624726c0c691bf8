package dev.backstop.remediations;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Revocations.DeactivatedKey;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.util.List;

/** Plans the stopping of a session, and its release. */
public final class Revocation {
    private static final String ROLE = "AWS::IAM::Role";

    private Revocation() {}

    /**
     * Plans the deny policy of one session on its role.
     *
     * @param editable selects the roles that the guard may edit
     * @param now when the kill is decided
     */
    public static Plan revoke(AgentSession session, AgentSelector editable, Instant now) {
        if (!session.roleArn().contains(":role/")) {
            return new Plan.Refused("cannot revoke " + session.roleArn() + ": it is not a role session; deactivate its"
                    + " access key, or deny the user, by hand");
        }
        Step<?> deny = new DenySession(role(session), session, DenyPolicyDocument.of(session, now), now);
        return editable.selectsRole(session.roleArn())
                ? new Plan.Steps(List.of(deny))
                : new Plan.Refused("cannot revoke on role " + session.roleName()
                        + ": it is no agent role, and Backstop may edit no other; run: " + deny.command());
    }

    /** The name of the policy that {@link #revoke} writes for a session. */
    public static String policyName(AgentSession session) {
        return DenyPolicyDocument.PREFIX + session.name();
    }

    /** Plans the removal of one deny policy. */
    public static Step<?> restore(Revoked revoked) {
        return new LiftDeny(role(revoked.session()), policyName(revoked.session()));
    }

    /** Until when credentials must have been issued to be denied by a kill that is decided now; whole seconds. */
    public static Instant cutOff(Instant now) {
        return DenyPolicyDocument.cutOff(now);
    }

    /** Plans the switching off of an access key that a session made. */
    public static Step<?> deactivate(DeactivatedKey key, AgentSession session) {
        return new SwitchAccessKey(user(key, session), key.accessKeyId(), false);
    }

    /** Plans its switching on again. */
    public static Step<?> reactivate(DeactivatedKey key, AgentSession session) {
        return new SwitchAccessKey(user(key, session), key.accessKeyId(), true);
    }

    private static Resource user(DeactivatedKey key, AgentSession session) {
        return new Resource(
                "AWS::IAM::User", key.userName(), "us-east-1", role(session).account());
    }

    private static Resource role(AgentSession session) {
        String[] arn = session.roleArn().split(":", 6);
        return new Resource(ROLE, session.roleName(), "us-east-1", arn[4]);
    }
}
