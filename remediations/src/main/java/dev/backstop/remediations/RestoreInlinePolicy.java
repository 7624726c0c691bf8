package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives a role back one inline policy as it was, or takes one away that it did not have.
 *
 * @param made what the call made of the policy; empty where it deleted it
 * @param previous the policy before the call; empty where there was none
 */
record RestoreInlinePolicy(
        Resource resource, String policyName, Optional<PolicyDocument> made, Optional<PolicyDocument> previous)
        implements Step<Optional<PolicyDocument>> {
    @Override
    public String action() {
        return previous.isPresent() ? "iam:PutRolePolicy" : "iam:DeleteRolePolicy";
    }

    @Override
    public String summary() {
        return previous.map(policy -> "put policy " + policyName + " of role " + resource.id()
                        + " back to its previous " + policy.words())
                .orElse("remove policy " + policyName + " from role " + resource.id()
                        + ", which did not have it before");
    }

    @Override
    public String command() {
        String call = previous.isPresent() ? "put-role-policy" : "delete-role-policy";
        String line = Command.line("aws", "iam", call, "--role-name", resource.id(), "--policy-name", policyName);
        return previous.map(policy -> line + " " + Command.line("--policy-document", policy.text()))
                .orElse(line);
    }

    @Override
    public Optional<PolicyDocument> read(Aws aws) {
        return aws.rolePolicies().get(resource.id(), policyName).flatMap(PolicyDocument::read);
    }

    @Override
    public Comparison compare(Optional<PolicyDocument> live) {
        if (live.equals(previous)) {
            return new Comparison.NothingLeft("the policy is as it was before the call");
        }
        return live.equals(made)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody " + (live.isEmpty() ? "removed" : "changed") + " the policy since");
    }

    @Override
    public void apply(Aws aws, Optional<PolicyDocument> live) {
        previous.ifPresentOrElse(
                policy -> aws.rolePolicies().put(resource.id(), policyName, policy.text()),
                () -> aws.rolePolicies().delete(resource.id(), policyName));
    }

    @Override
    public List<Step<?>> again(Optional<PolicyDocument> found) {
        return List.of(new RestoreInlinePolicy(resource, policyName, previous, found));
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
