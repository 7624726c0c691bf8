package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.core.port.RolePolicies.QuotaExceededException;
import dev.backstop.remediations.PolicyWriter.BusyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lifts the deny of one session from its role, wherever it is named there, and of no other session.
 *
 * @param now when the step was planned
 */
record LiftDeny(Resource resource, Revoked revoked, Instant now) implements Step<Layout> {
    /** Whoever is just making a policy shorter may write it once more after it was deleted; nobody takes so long at it. */
    private static final int LOOKS = 3;

    @Override
    public String action() {
        return "iam:DeleteRolePolicy";
    }

    @Override
    public String summary() {
        return "lift the deny of session " + session().name() + " on role " + resource.id();
    }

    @Override
    public String command() {
        return LiftRole.command(
                resource.id(), DenyPolicyDocument.PREFIX + session().name());
    }

    @Override
    public Layout read(Aws aws) {
        return Layout.read(aws.rolePolicies(), resource.id(), RolePolicy::isOurs);
    }

    @Override
    public Comparison compare(Layout live) {
        Instant everyone = live.deniesEveryone();
        Instant started = session().startedAt();
        boolean hit = isAlive(revoked.cutOff()) && (started == null || started.isBefore(everyone));
        if (hit && everyone.isAfter(Instant.MIN) && isAlive(everyone)) {
            return new Comparison.MustNot("every session of role " + resource.id() + " issued before " + everyone
                    + " is denied, whatever it is called; that holds until the last of them is dead, at "
                    + DenyPolicyDocument.expiry(everyone)
                    + ". Begin a new session after the first of these times, or let"
                    + " all go on: " + deniers(live));
        }
        return LiftPlan.naming(live, session()).isEmpty()
                ? new Comparison.NothingLeft("the session is not denied")
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Layout live) {
        PolicyWriter writer = new PolicyWriter(aws.rolePolicies(), resource.id(), now);
        try {
            writer.carryOut(LOOKS, (layout, list) -> lift(layout, list, true));
        } catch (QuotaExceededException | BusyException _) {
            writer.carryOut(LOOKS, (layout, list) -> lift(layout, list, false));
        }
    }

    /** What somebody is about to fold the session into is left to them for a while: they then give it back themselves. */
    private List<PolicyWrite> lift(Layout layout, String list, boolean patient) {
        List<PolicyWrite> writes = LiftPlan.lift(layout, session(), now, list, patient);
        if (patient && writes.isEmpty() && !LiftPlan.naming(layout, session()).isEmpty()) {
            throw new BusyException("others are making room on role " + resource.id());
        }
        return writes;
    }

    @Override
    public String show(Layout state) {
        String policies =
                LiftPlan.naming(state, session()).stream().map(RolePolicy::name).collect(Collectors.joining(", "));
        return policies.isEmpty() ? "not denied" : "denied by " + policies;
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    private AgentSession session() {
        return revoked.session();
    }

    private boolean isAlive(Instant cutOff) {
        return DenyPolicyDocument.expiry(cutOff).isAfter(now);
    }

    private String deniers(Layout live) {
        return live.ours().stream()
                .filter(policy -> policy.deniesEveryone().isAfter(Instant.MIN))
                .map(policy -> LiftRole.command(resource.id(), policy.name()))
                .collect(Collectors.joining("; "));
    }
}
