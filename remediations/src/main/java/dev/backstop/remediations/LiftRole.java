package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.time.Instant;

/** Removes the policy that denies every session of a role everything; those that are denied by name stay denied. */
record LiftRole(Resource resource) implements Step<Layout> {
    @Override
    public String action() {
        return "iam:DeleteRolePolicy";
    }

    @Override
    public String summary() {
        return "remove " + DenyPolicyDocument.ROLE + " from role " + resource.id();
    }

    @Override
    public String command() {
        return command(resource.id(), DenyPolicyDocument.ROLE);
    }

    @Override
    public Layout read(Aws aws) {
        Layout layout = Layout.read(aws.rolePolicies(), resource.id(), RolePolicy::isOurs);
        for (RolePolicy policy : layout.ours()) {
            if (policy.deniesEveryone().equals(Instant.MIN) && !policy.name().equals(DenyPolicyDocument.ROLE)) {
                layout = layout.without(policy.name());
            }
        }
        return layout;
    }

    @Override
    public Comparison compare(Layout live) {
        return live.policies().isEmpty()
                ? new Comparison.NothingLeft("no policy denies every session of the role")
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Layout live) {
        live.policies().keySet().forEach(name -> aws.rolePolicies().delete(resource.id(), name));
    }

    @Override
    public String show(Layout state) {
        return shown(state);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    static String shown(Layout state) {
        return state.policies().isEmpty()
                ? "the role is not denied"
                : "EVERY session of the role issued before " + state.deniesEveryone() + " is denied by "
                        + String.join(", ", state.policies().keySet());
    }

    static String command(String roleName, String policyName) {
        return Command.line("aws", "iam", "delete-role-policy", "--role-name", roleName, "--policy-name", policyName);
    }
}
