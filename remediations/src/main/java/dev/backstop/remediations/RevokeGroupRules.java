package dev.backstop.remediations;

import dev.backstop.core.Cidr;
import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes rules of one direction from one security group, those that still are what the call made of them, or that let
 * everybody in as they did then.
 *
 * @param added the rules as the call added them; one whose id is not known is found by what it allows
 */
record RevokeGroupRules(Resource resource, boolean egress, List<GroupRule> added) implements Step<List<GroupRule>> {
    RevokeGroupRules {
        added = List.copyOf(added);
    }

    @Override
    public String action() {
        return egress ? "ec2:RevokeSecurityGroupEgress" : "ec2:RevokeSecurityGroupIngress";
    }

    @Override
    public String summary() {
        return "revoke "
                + added.stream()
                        .map(rule -> rule.ruleId().isEmpty() ? rule.words() : rule.ruleId() + " (" + rule.words() + ")")
                        .collect(Collectors.joining(", "))
                + " from " + resource.id();
    }

    @Override
    public String command() {
        String call = egress ? "revoke-security-group-egress" : "revoke-security-group-ingress";
        Stream<String> fixed =
                Stream.of("aws", "ec2", call, "--region", resource.region(), "--group-id", resource.id());
        Stream<String> which = added.stream().allMatch(rule -> rule.ruleId().isEmpty())
                ? Stream.of("--ip-permissions", IpPermissions.json(added))
                : Stream.concat(
                        Stream.of("--security-group-rule-ids"), added.stream().map(GroupRule::ruleId));
        return Command.line(Stream.concat(fixed, which).toArray(String[]::new));
    }

    @Override
    public List<GroupRule> read(Aws aws) {
        return aws.securityGroups().rules(resource.id());
    }

    @Override
    public Comparison compare(List<GroupRule> live) {
        if (live.stream().anyMatch(this::isAsAdded)) {
            return new Comparison.AsExpected();
        }
        Set<String> changed =
                live.stream().filter(this::isOfThisCall).map(GroupRule::ruleId).collect(Collectors.toSet());
        return changed.isEmpty()
                ? new Comparison.NothingLeft("the rules are gone")
                : new Comparison.MustNot(
                        String.join(", ", changed) + " was changed by somebody since, and is left alone");
    }

    @Override
    public void apply(Aws aws, List<GroupRule> live) {
        Set<String> ids =
                live.stream().filter(this::isAsAdded).map(GroupRule::ruleId).collect(Collectors.toSet());
        if (egress) {
            aws.securityGroups().revokeEgress(resource.id(), ids);
        } else {
            aws.securityGroups().revokeIngress(resource.id(), ids);
        }
    }

    @Override
    public List<Step<?>> again(List<GroupRule> found) {
        List<GroupRule> gone = found.stream().filter(this::isAsAdded).toList();
        return gone.isEmpty() ? List.of() : List.of(new PutBackRules(resource, egress, gone, null));
    }

    @Override
    public String show(List<GroupRule> live) {
        return LiveGroup.show(live, egress);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private boolean isOfThisCall(GroupRule live) {
        return added.stream().anyMatch(rule -> rule.ruleId().equals(live.ruleId()));
    }

    private static boolean isSame(GroupRule rule, GroupRule live) {
        return rule.ruleId().isEmpty() ? rule.allowsSameAs(live) : rule.ruleId().equals(live.ruleId());
    }

    /** What still lets everybody in is not what people made of it: a second call must not hide the first. */
    private boolean isAsAdded(GroupRule live) {
        return added.stream()
                .anyMatch(rule -> isSame(rule, live)
                        && (rule.allowsSameAs(live) || (Cidr.isWorld(rule.peer()) && Cidr.isWorld(live.peer()))));
    }
}
