package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.SecurityGroups.Group;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The evidence of a deleted security group, and the commands that make one like it. */
record LostGroup(Resource resource, FormerGroup former) implements Step<Optional<Group>> {
    private static final String NEW_ID = "\"$id\"";

    @Override
    public String action() {
        return "ec2:DescribeSecurityGroups";
    }

    @Override
    public String summary() {
        return "make a group like " + former.name() + " (" + resource.id() + ") again";
    }

    /** A new group lets everything out, so that goes first where the old one did not; it may have named itself. */
    @Override
    public String command() {
        String create = "id=$("
                + Command.line(
                        "aws",
                        "ec2",
                        "create-security-group",
                        "--region",
                        resource.region(),
                        "--vpc-id",
                        former.vpcId(),
                        "--group-name",
                        former.name(),
                        "--description",
                        former.description(),
                        "--query",
                        "GroupId",
                        "--output",
                        "text")
                + ")";
        GroupRule everythingOut = new GroupRule("", resource.id(), true, "-1", -1, -1, "0.0.0.0/0", null);
        List<GroupRule> in =
                former.rules().stream().filter(rule -> !rule.egress()).toList();
        List<GroupRule> out = former.rules().stream()
                .filter(rule -> rule.egress() && !rule.allowsSameAs(everythingOut))
                .toList();
        String closed = former.like(everythingOut).isPresent()
                ? ""
                : rules("revoke-security-group-egress", List.of(everythingOut));
        return create
                + rules("authorize-security-group-ingress", in)
                + closed
                + rules("authorize-security-group-egress", out);
    }

    @Override
    public Optional<Group> read(Aws aws) {
        return aws.securityGroups().named(former.name(), former.vpcId());
    }

    @Override
    public Comparison compare(Optional<Group> live) {
        return live.isPresent()
                ? new Comparison.NothingLeft(
                        "somebody has made the group again, as " + live.get().id())
                : new Comparison.MustNot("cannot be undone: a group made again has another id");
    }

    @Override
    public void apply(Aws aws, Optional<Group> live) {
        throw new IllegalStateException("a person makes " + former.name() + " again, or nobody");
    }

    @Override
    public String show(Optional<Group> live) {
        String rules = former.rules().stream().map(GroupRule::words).collect(Collectors.joining(", "));
        String was = former.name() + " in " + former.vpcId() + " had "
                + (rules.isEmpty() ? "no rules" : "the rules " + rules);
        return live.map(group -> was + "; there is " + group.id()).orElse(was);
    }

    private String rules(String call, List<GroupRule> rules) {
        if (rules.isEmpty()) {
            return "";
        }
        String quoted = Command.line(IpPermissions.json(rules)).replace(resource.id(), "'" + NEW_ID + "'");
        return " && " + Command.line("aws", "ec2", call, "--region", resource.region(), "--group-id") + " " + NEW_ID
                + " --ip-permissions " + quoted;
    }
}
