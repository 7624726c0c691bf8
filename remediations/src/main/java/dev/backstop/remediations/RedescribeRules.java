package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Gives rules of one direction their descriptions back, those that still have the one that the call wrote.
 *
 * @param rules found by what they allow
 */
record RedescribeRules(Resource resource, boolean egress, List<ModifiedRule> rules) implements Step<List<GroupRule>> {
    RedescribeRules {
        rules = List.copyOf(rules);
    }

    @Override
    public String action() {
        return egress
                ? "ec2:UpdateSecurityGroupRuleDescriptionsEgress"
                : "ec2:UpdateSecurityGroupRuleDescriptionsIngress";
    }

    @Override
    public String summary() {
        return "describe in " + resource.id() + " "
                + rules.stream()
                        .map(rule -> rule.former().words() + " as " + quoted(rule.former()) + " again")
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "ec2",
                egress
                        ? "update-security-group-rule-descriptions-egress"
                        : "update-security-group-rule-descriptions-ingress",
                "--region",
                resource.region(),
                "--group-id",
                resource.id(),
                "--ip-permissions",
                IpPermissions.json(rules.stream().map(ModifiedRule::former).toList()));
    }

    @Override
    public List<GroupRule> read(Aws aws) {
        return aws.securityGroups().rules(resource.id());
    }

    @Override
    public Comparison compare(List<GroupRule> live) {
        if (!toDescribe(live).isEmpty()) {
            return new Comparison.AsExpected();
        }
        boolean changed = rules.stream().anyMatch(rule -> live.stream()
                .anyMatch(now -> now.allowsSameAs(rule.former())
                        && !Objects.equals(now.description(), rule.former().description())));
        return changed
                ? new Comparison.MustNot("somebody described them otherwise since")
                : new Comparison.NothingLeft("the rules are described as before, or gone");
    }

    @Override
    public void apply(Aws aws, List<GroupRule> live) {
        if (egress) {
            aws.securityGroups().describeEgress(resource.id(), toDescribe(live));
        } else {
            aws.securityGroups().describeIngress(resource.id(), toDescribe(live));
        }
    }

    @Override
    public List<Step<?>> again(List<GroupRule> found) {
        List<ModifiedRule> described = toDescribe(found).stream()
                .flatMap(
                        former -> found.stream().filter(former::allowsSameAs).map(now -> new ModifiedRule(former, now)))
                .toList();
        return described.isEmpty() ? List.of() : List.of(new RedescribeRules(resource, egress, described));
    }

    @Override
    public String show(List<GroupRule> live) {
        String shown = live.stream()
                .filter(now -> rules.stream().anyMatch(rule -> now.allowsSameAs(rule.former())))
                .map(now -> now.words() + " " + quoted(now))
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? "gone" : shown;
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private List<GroupRule> toDescribe(List<GroupRule> live) {
        return rules.stream()
                .filter(rule -> !Objects.equals(
                        rule.asked().description(), rule.former().description()))
                .filter(rule -> live.stream()
                        .anyMatch(now -> now.allowsSameAs(rule.former())
                                && Objects.equals(
                                        now.description(), rule.asked().description())))
                .map(ModifiedRule::former)
                .toList();
    }

    private static String quoted(GroupRule rule) {
        return rule.description() == null ? "(no description)" : "\"" + rule.description() + "\"";
    }
}
