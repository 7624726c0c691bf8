package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.RolePolicies.QuotaExceededException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Denies every session of a role everything, those that are alive and those that begin while IAM spreads the policy.
 *
 * @param now when the kill was decided
 */
record DenyRole(Resource resource, Instant now) implements Step<Layout> {
    @Override
    public String action() {
        return "iam:PutRolePolicy";
    }

    @Override
    public String summary() {
        return "deny every session of role " + resource.id() + " everything";
    }

    @Override
    public String command() {
        return DenyPolicyDocument.everyone(now).command(resource.id());
    }

    @Override
    public Layout read(Aws aws) {
        return Layout.read(aws.rolePolicies(), resource.id(), DenyPolicyDocument.ROLE::equals);
    }

    @Override
    public Comparison compare(Layout live) {
        return live.deniesEveryone().isAfter(now)
                ? new Comparison.NothingLeft("every session of the role is denied everything, if its credentials were"
                        + " issued before " + live.deniesEveryone())
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Layout live) {
        RolePolicies policies = aws.rolePolicies();
        DenyPolicyDocument policy = DenyPolicyDocument.everyone(now);
        try {
            policies.put(resource.id(), policy.name(), policy.json());
        } catch (QuotaExceededException full) {
            new PolicyWriter(policies, resource.id(), now)
                    .carryOut(1, (layout, list) -> plan(layout, resource.id(), now, list));
        }
    }

    static List<PolicyWrite> plan(Layout layout, String roleName, Instant now, String list) {
        boolean denied = layout.get(DenyPolicyDocument.ROLE)
                .filter(policy -> policy.deniesEveryone().isAfter(now))
                .isPresent();
        return denied ? List.of() : RoomPlan.denyEveryone(layout, now, list).orElseThrow(() -> noRoom(roleName));
    }

    @Override
    public String show(Layout state) {
        return LiftRole.shown(state);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    /** All room is taken by policies that are not Backstop's to touch. */
    static IllegalStateException noRoom(String roleName) {
        return new IllegalStateException("policies of others fill the role; deny it everything by hand: "
                + Command.line(
                        "aws",
                        "iam",
                        "attach-role-policy",
                        "--role-name",
                        roleName,
                        "--policy-arn",
                        "arn:aws:iam::aws:policy/AWSDenyAll"));
    }
}
