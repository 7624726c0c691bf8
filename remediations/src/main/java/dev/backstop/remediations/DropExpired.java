package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Removes what denies only credentials that are dead by now.
 *
 * @param now when the step was planned
 */
record DropExpired(Resource resource, Instant now) implements Step<Layout> {
    @Override
    public String action() {
        return "iam:DeleteRolePolicy";
    }

    @Override
    public String summary() {
        return "remove the expired denies of role " + resource.id();
    }

    @Override
    public String command() {
        return "aws iam list-role-policies --role-name " + resource.id();
    }

    @Override
    public Layout read(Aws aws) {
        return Layout.read(aws.rolePolicies(), resource.id(), RolePolicy::isOurs);
    }

    @Override
    public Comparison compare(Layout live) {
        return expired(live).isEmpty()
                ? new Comparison.NothingLeft("no deny has expired")
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Layout live) {
        new PolicyWriter(aws.rolePolicies(), resource.id(), now).carryOut(1, (layout, _) -> expired(layout).stream()
                .<PolicyWrite>map(PolicyWrite.Delete::new)
                .toList());
    }

    @Override
    public String show(Layout state) {
        List<RolePolicy> expired = expired(state);
        return expired.isEmpty()
                ? "none expired"
                : expired.stream().map(RolePolicy::name).collect(Collectors.joining(", "));
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    private List<RolePolicy> expired(Layout layout) {
        return layout.ours().stream().filter(policy -> policy.isExpired(now)).toList();
    }
}
