package dev.backstop.remediations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.SecurityGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Gives rules of one group the values they had, under their ids, those that still are what the call made of them. A
 * group holds no two equal rules: where somebody has added the former one again, the changed one goes.
 */
record RestoreRuleValues(Resource resource, List<ModifiedRule> rules) implements Step<List<GroupRule>> {
    RestoreRuleValues {
        rules = List.copyOf(rules);
    }

    @Override
    public String action() {
        return "ec2:ModifySecurityGroupRules";
    }

    @Override
    public String summary() {
        return "change in " + resource.id() + " "
                + rules.stream().map(ModifiedRule::words).collect(Collectors.joining(", "));
    }

    @Override
    public String command() {
        ArrayNode updates = Json.MAPPER.createArrayNode();
        rules.forEach(rule -> updates.add(update(rule.former())));
        return Command.line(
                "aws",
                "ec2",
                "modify-security-group-rules",
                "--region",
                resource.region(),
                "--group-id",
                resource.id(),
                "--security-group-rules",
                Json.write(updates));
    }

    @Override
    public List<GroupRule> read(Aws aws) {
        return aws.securityGroups().rules(resource.id());
    }

    @Override
    public Comparison compare(List<GroupRule> live) {
        if (!toRestore(live).isEmpty()) {
            return new Comparison.AsExpected();
        }
        Set<String> changed = rules.stream()
                .filter(rule ->
                        live.stream().anyMatch(now -> now.ruleId().equals(rule.ruleId()) && !rule.isAsBefore(now)))
                .map(ModifiedRule::ruleId)
                .collect(Collectors.toSet());
        return changed.isEmpty()
                ? new Comparison.NothingLeft("the rules are what they were, or gone")
                : new Comparison.MustNot(
                        String.join(", ", changed) + " was changed by somebody since, and is left alone");
    }

    @Override
    public void apply(Aws aws, List<GroupRule> live) {
        List<ModifiedRule> restored = toRestore(live);
        Predicate<ModifiedRule> replaced = rule -> isReplaced(rule, restored, live);
        List<GroupRule> back = restored.stream()
                .filter(replaced.negate())
                .map(ModifiedRule::former)
                .toList();
        SecurityGroups groups = aws.securityGroups();
        if (!back.isEmpty()) {
            groups.modify(resource.id(), back);
        }
        Set<String> in = ids(restored, replaced.and(rule -> !rule.former().egress()));
        if (!in.isEmpty()) {
            groups.revokeIngress(resource.id(), in);
        }
        Set<String> out = ids(restored, replaced.and(rule -> rule.former().egress()));
        if (!out.isEmpty()) {
            groups.revokeEgress(resource.id(), out);
        }
    }

    @Override
    public List<Step<?>> again(List<GroupRule> found) {
        List<ModifiedRule> restored = toRestore(found);
        List<Step<?>> again = new ArrayList<>();
        List<ModifiedRule> changed = restored.stream()
                .filter(rule -> !isReplaced(rule, restored, found))
                .map(rule -> new ModifiedRule(rule.former().withId(rule.ruleId()), now(rule, found)))
                .toList();
        if (!changed.isEmpty()) {
            again.add(new RestoreRuleValues(resource, changed));
        }
        for (boolean egress : List.of(false, true)) {
            List<GroupRule> gone = restored.stream()
                    .filter(rule ->
                            isReplaced(rule, restored, found) && rule.former().egress() == egress)
                    .map(rule -> now(rule, found))
                    .toList();
            if (!gone.isEmpty()) {
                again.add(new PutBackRules(resource, egress, gone, null));
            }
        }
        return again;
    }

    @Override
    public String show(List<GroupRule> live) {
        String shown = live.stream()
                .filter(now -> rules.stream().anyMatch(rule -> rule.ruleId().equals(now.ruleId())))
                .map(now -> now.words() + " (" + now.ruleId() + ")")
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? "gone" : shown;
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private List<ModifiedRule> toRestore(List<GroupRule> live) {
        return rules.stream()
                .filter(rule -> live.stream()
                        .anyMatch(now ->
                                now.ruleId().equals(rule.ruleId()) && rule.isAsAsked(now) && !rule.isAsBefore(now)))
                .toList();
    }

    /** Whether another rule is by now what this one was. */
    private static boolean isReplaced(ModifiedRule rule, List<ModifiedRule> restored, List<GroupRule> live) {
        return live.stream()
                .anyMatch(now -> now.allowsSameAs(rule.former())
                        && restored.stream().noneMatch(other -> other.ruleId().equals(now.ruleId())));
    }

    private static GroupRule now(ModifiedRule rule, List<GroupRule> live) {
        return live.stream()
                .filter(now -> now.ruleId().equals(rule.ruleId()))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> ids(List<ModifiedRule> rules, Predicate<ModifiedRule> wanted) {
        return rules.stream().filter(wanted).map(ModifiedRule::ruleId).collect(Collectors.toSet());
    }

    private static ObjectNode update(GroupRule rule) {
        ObjectNode value = Json.object();
        value.put("IpProtocol", rule.protocol());
        value.put("FromPort", rule.fromPort());
        value.put("ToPort", rule.toPort());
        switch (rule.kind()) {
            case IPV4 -> value.put("CidrIpv4", rule.peer());
            case IPV6 -> value.put("CidrIpv6", rule.peer());
            case PREFIX_LIST -> value.put("PrefixListId", rule.peer());
            case GROUP -> value.put("ReferencedGroupId", rule.peer());
        }
        value.put("Description", rule.description() == null ? "" : rule.description());
        ObjectNode update = Json.object();
        update.put("SecurityGroupRuleId", rule.ruleId());
        update.set("SecurityGroupRule", value);
        return update;
    }
}
