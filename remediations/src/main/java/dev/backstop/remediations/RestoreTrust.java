package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import java.util.Optional;

/**
 * Says how a role's trust policy is put back. Whoever may change trust policies can let anybody into any role, and no
 * condition limits that, so Backstop may not.
 */
record RestoreTrust(Resource resource, PolicyDocument previous) implements ByHand<Optional<PolicyDocument>> {
    @Override
    public String action() {
        return "iam:UpdateAssumeRolePolicy";
    }

    @Override
    public String summary() {
        return "put back who may assume role " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "iam",
                "update-assume-role-policy",
                "--role-name",
                resource.id(),
                "--policy-document",
                previous.text());
    }

    @Override
    public Optional<PolicyDocument> read(Aws aws) {
        return aws.roles().trust(resource.id()).flatMap(PolicyDocument::read);
    }

    @Override
    public Comparison compare(Optional<PolicyDocument> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the role is gone");
        }
        return live.get().equals(previous)
                ? new Comparison.NothingLeft("the trust policy is the previous one again")
                : new Comparison.MustNot("Backstop changes no trust policy: a person must put it back");
    }

    @Override
    public String show(Optional<PolicyDocument> state) {
        return state.map(policy -> "trust policy of " + policy.words()).orElse("gone");
    }
}
