package dev.backstop.remediations;

import dev.backstop.core.GroupRule;
import dev.backstop.core.port.Aws;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A security group as it is now.
 *
 * @param there whether it exists
 */
record LiveGroup(boolean there, List<GroupRule> rules) {
    LiveGroup {
        rules = List.copyOf(rules);
    }

    /** Reads a group; one without rules is asked for once more, since a group that is gone has none either. */
    static LiveGroup read(Aws aws, String groupId) {
        List<GroupRule> rules = aws.securityGroups().rules(groupId);
        boolean there = !rules.isEmpty() || aws.securityGroups().group(groupId).isPresent();
        return new LiveGroup(there, rules);
    }

    Optional<GroupRule> withId(String ruleId) {
        return rules.stream().filter(rule -> rule.ruleId().equals(ruleId)).findFirst();
    }

    Optional<GroupRule> like(GroupRule rule) {
        return rules.stream().filter(rule::allowsSameAs).findFirst();
    }

    /** The rules of one direction in one line. */
    String show(boolean egress) {
        return there ? show(rules, egress) : "gone";
    }

    static String show(List<GroupRule> rules, boolean egress) {
        String shown = rules.stream()
                .filter(rule -> rule.egress() == egress)
                .map(rule -> rule.words() + " (" + rule.ruleId() + ")")
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? (egress ? "no egress rules" : "no ingress rules") : shown;
    }
}
