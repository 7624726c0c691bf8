package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Deletes a security group that has no rules but those it was born with, and that nothing uses. */
record DeleteUnusedGroup(Resource resource) implements Step<DeleteUnusedGroup.Live> {
    /** The group as it is now; its users are not looked up where its rules decide already. */
    record Live(boolean there, List<GroupRule> rules, Set<String> users) {
        Live {
            rules = List.copyOf(rules);
            users = new TreeSet<>(users);
        }

        private boolean asBorn() {
            return rules.stream()
                    .allMatch(rule -> rule.egress()
                            && rule.protocol().equals("-1")
                            && Set.of("0.0.0.0/0", "::/0").contains(rule.peer()));
        }
    }

    @Override
    public String action() {
        return "ec2:DeleteSecurityGroup";
    }

    @Override
    public String summary() {
        return "delete " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "ec2", "delete-security-group", "--region", resource.region(), "--group-id", resource.id());
    }

    @Override
    public Live read(Aws aws) {
        LiveGroup group = LiveGroup.read(aws, resource.id());
        Live bare = new Live(group.there(), group.rules(), Set.of());
        return bare.there() && bare.asBorn()
                ? new Live(true, group.rules(), aws.securityGroups().users(resource.id()))
                : bare;
    }

    @Override
    public Comparison compare(Live live) {
        if (!live.there()) {
            return new Comparison.NothingLeft("the group is gone");
        }
        if (!live.asBorn()) {
            return new Comparison.MustNot("the group has rules by now, and they would go with it");
        }
        return live.users().isEmpty()
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("the group is used by " + String.join(", ", live.users()));
    }

    @Override
    public void apply(Aws aws, Live live) {
        aws.securityGroups().delete(resource.id());
    }

    @Override
    public String show(Live live) {
        if (!live.there()) {
            return "gone";
        }
        String users = live.users().isEmpty() ? "" : ", used by " + String.join(", ", live.users());
        return LiveGroup.show(live.rules(), false) + users;
    }
}
