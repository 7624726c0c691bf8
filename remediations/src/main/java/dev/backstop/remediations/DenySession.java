package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.RolePolicies.QuotaExceededException;
import dev.backstop.remediations.PolicyWriter.BusyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Denies one session everything; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html">revoking role sessions</a>.
 * One policy a session: concurrent kills never read, modify and write the same one. Only where IAM says that the role is
 * full are other policies read and room made.
 *
 * @param at when the kill was decided, which sets the cut-off
 * @param now when the step was planned
 */
record DenySession(Resource resource, AgentSession session, Instant at, Instant now) implements Step<Layout> {
    @Override
    public String action() {
        return "iam:PutRolePolicy";
    }

    @Override
    public String summary() {
        return "deny session " + session.name() + " on role " + resource.id() + " everything";
    }

    @Override
    public String command() {
        return policy().command(resource.id());
    }

    @Override
    public String document() {
        return policy().json();
    }

    /** The session's own policy and the lists; all policies only where one for everybody could be the last resort. */
    @Override
    public Layout read(Aws aws) {
        RolePolicies policies = aws.rolePolicies();
        Layout near = Layout.read(policies, resource.id(), this::isNear);
        boolean last = near.get(DenyPolicyDocument.ROLE).isPresent() && !isDenied(near);
        return last ? Layout.read(policies, resource.id(), _ -> true) : near;
    }

    private boolean isNear(String name) {
        return name.equals(policy().name()) || name.equals(DenyPolicyDocument.ROLE) || RolePolicy.isList(name);
    }

    /** A deny whose cut-off lies ahead covers every token there can be: a second kill has nothing to add. */
    @Override
    public Comparison compare(Layout live) {
        String everyone = everyone(live);
        if (isDenied(live)) {
            return new Comparison.NothingLeft("the session is denied everything" + everyone);
        }
        return !everyone.isEmpty() && !live.fits(policy())
                ? new Comparison.NothingLeft("the inline policies of role " + resource.id() + " are full" + everyone)
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Layout live) {
        RolePolicies policies = aws.rolePolicies();
        try {
            policies.put(resource.id(), policy().name(), policy().json());
        } catch (QuotaExceededException full) {
            makeRoom(new PolicyWriter(policies, resource.id(), now));
        }
    }

    /** Whoever loses the race for room again and again must not go on because of it: then everybody is denied. */
    private void makeRoom(PolicyWriter writer) {
        try {
            writer.carryOut(1, (layout, list) -> RoomPlan.denyByName(layout, session, at, now, list)
                    .orElseGet(() -> lastResort(layout, list)));
        } catch (QuotaExceededException | BusyException lost) {
            writer.carryOut(
                    1,
                    (layout, list) -> isDenied(layout) ? List.of() : DenyRole.plan(layout, resource.id(), now, list));
        }
    }

    private List<PolicyWrite> lastResort(Layout layout, String list) {
        if (layout.isBusy(now)) {
            throw new BusyException("others are making room on role " + resource.id());
        }
        return DenyRole.plan(layout, resource.id(), now, list);
    }

    @Override
    public String show(Layout state) {
        String policies = state.denying(session).map(RolePolicy::name).collect(Collectors.joining(", "));
        String older = isDenied(state) ? "" : " if issued before " + state.denies(session);
        String everyone = everyone(state);
        String none = everyone.isEmpty() ? "not denied" : "not denied by name";
        return (policies.isEmpty() ? none : "denied by " + policies + older) + everyone;
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    private boolean isDenied(Layout layout) {
        return layout.denies(session).isAfter(at);
    }

    /** Nobody may learn only later that the whole role stands still. */
    private String everyone(Layout state) {
        return state.deniesEveryone().isAfter(at)
                ? "; EVERY session of the role issued before " + state.deniesEveryone() + " is denied, by "
                        + DenyPolicyDocument.ROLE
                : "";
    }

    private DenyPolicyDocument policy() {
        return DenyPolicyDocument.of(session, at);
    }
}
