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
import java.util.Optional;

/** Plans the stopping of a session or of a whole role, the release of either, and what keeps both true. */
public final class Revocation {
    private Revocation() {}

    /**
     * Plans the deny of one session on its role: one step.
     *
     * @param editable selects the roles that the guard may edit
     * @param now when the kill is decided
     */
    public static Plan revoke(AgentSession session, AgentSelector editable, Instant now) {
        return deny(session, editable, now, now);
    }

    /**
     * Plans what puts back a deny that somebody removed or narrowed, with the cut-off that it had: one step, which has nothing
     * left to do where the session is still denied.
     */
    public static Plan heal(Revoked revoked, AgentSelector editable, Instant now) {
        AgentSession session = revoked.session();
        return session.isEveryone()
                ? revokeRole(session.roleArn(), editable, revoked.at())
                : deny(session, editable, revoked.at(), now);
    }

    /**
     * Plans the deny of every session of a role whose credentials are issued until {@link #cutOff}: one step.
     *
     * @param roleArn with its path
     */
    public static Plan revokeRole(String roleArn, AgentSelector editable, Instant now) {
        Optional<String> unreachable = Unreachable.role(roleArn);
        if (unreachable.isPresent()) {
            return new Plan.Refused(unreachable.get());
        }
        Step<?> deny = new DenyRole(Resource.role(roleArn), now);
        return editable.selectsRole(roleArn) ? new Plan.Steps(List.of(deny)) : notEditable(deny);
    }

    /** Plans how the session goes on, wherever it is named on its role; the step refuses while the whole role is denied. */
    public static Step<?> restore(Revoked revoked, Instant now) {
        String roleArn = revoked.session().roleArn();
        return revoked.session().isEveryone()
                ? restoreRole(roleArn)
                : new LiftDeny(Resource.role(roleArn), revoked, now);
    }

    /**
     * Plans how a role goes on that was denied as a whole. Sessions that are denied by name stay so; one that had no room
     * for a name of its own does not, and is to be healed.
     */
    public static Step<?> restoreRole(String roleArn) {
        return new LiftRole(Resource.role(roleArn));
    }

    /** Plans the removal of every deny on a role that is {@link #expiry expired}. */
    public static Step<?> dropExpired(String roleArn, Instant now) {
        return new DropExpired(Resource.role(roleArn), now);
    }

    /** Until when credentials must have been issued to be denied by a kill that is decided now; whole seconds. */
    public static Instant cutOff(Instant now) {
        return DenyPolicyDocument.cutOff(now);
    }

    /** When the last credentials issued before a cut-off are dead for certain, and a deny of them of no more use. */
    public static Instant expiry(Instant cutOff) {
        return DenyPolicyDocument.expiry(cutOff);
    }

    /** The name of the policy that {@link #revoke} writes for a session, as long as the role has room for it. */
    public static String policyName(AgentSession session) {
        return DenyPolicyDocument.PREFIX + session.name();
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
                "AWS::IAM::User",
                key.userName(),
                "us-east-1",
                Resource.role(session.roleArn()).account());
    }

    private static Plan deny(AgentSession session, AgentSelector editable, Instant at, Instant now) {
        Optional<String> unreachable = Unreachable.session(session, now);
        if (unreachable.isPresent()) {
            return new Plan.Refused(unreachable.get());
        }
        Step<?> deny = new DenySession(Resource.role(session.roleArn()), session, at, now);
        return editable.selectsRole(session.roleArn()) ? new Plan.Steps(List.of(deny)) : notEditable(deny);
    }

    private static Plan notEditable(Step<?> deny) {
        return new Plan.Refused("cannot revoke on role " + deny.resource().id()
                + ": it is no agent role, and Backstop may edit no other; run: " + deny.command());
    }
}
