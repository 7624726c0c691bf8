package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.Optional;

/** Removes the inline policy that denies a session everything. */
record LiftDeny(Resource resource, String policyName) implements Step<Optional<String>> {
    @Override
    public String action() {
        return "iam:DeleteRolePolicy";
    }

    @Override
    public String summary() {
        return "remove " + policyName + " from role " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "iam", "delete-role-policy", "--role-name", resource.id(), "--policy-name", policyName);
    }

    @Override
    public Optional<String> read(Aws aws) {
        return aws.rolePolicies().get(resource.id(), policyName);
    }

    @Override
    public Comparison compare(Optional<String> live) {
        return live.isEmpty() ? new Comparison.NothingLeft("the session is not denied") : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Optional<String> live) {
        aws.rolePolicies().delete(resource.id(), policyName);
    }

    @Override
    public String show(Optional<String> state) {
        return state.isPresent() ? "denied by " + policyName : "not denied";
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }
}
