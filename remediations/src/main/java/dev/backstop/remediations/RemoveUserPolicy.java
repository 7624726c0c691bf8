package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes away the inline policy that a call gave a user.
 *
 * @param made the policy as the call made it
 */
record RemoveUserPolicy(Resource resource, String policyName, PolicyDocument made)
        implements Step<Optional<PolicyDocument>> {
    @Override
    public String action() {
        return "iam:DeleteUserPolicy";
    }

    @Override
    public String summary() {
        return "remove policy " + policyName + " from user " + resource.id() + ", which did not have it before";
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "iam", "delete-user-policy", "--user-name", resource.id(), "--policy-name", policyName);
    }

    @Override
    public Optional<PolicyDocument> read(Aws aws) {
        return aws.users().policy(resource.id(), policyName).flatMap(PolicyDocument::read);
    }

    @Override
    public Comparison compare(Optional<PolicyDocument> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the policy is gone");
        }
        return live.get().equals(made)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody changed the policy since");
    }

    @Override
    public void apply(Aws aws, Optional<PolicyDocument> live) {
        aws.users().deletePolicy(resource.id(), policyName);
    }

    @Override
    public String show(Optional<PolicyDocument> state) {
        return state.map(policy -> policyName + " of " + policy.words()).orElse("no " + policyName);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }
}
