package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.port.SecurityGroups;
import dev.backstop.core.port.SecurityGroups.GroupRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link SecurityGroups} does. */
public abstract class SecurityGroupsContract {
    protected abstract SecurityGroups groups();

    /** Creates a group and returns its id; it may come with rules of its own. */
    protected abstract String createGroup();

    /** Adds a rule for a CIDR block as its owner would, and returns the rule's id. */
    protected abstract String authorize(
            String groupId, boolean egress, String protocol, int fromPort, int toPort, String cidr);

    @Test
    protected void showsRulesOfBothDirectionsAndFamilies() {
        String group = createGroup();
        String v4 = authorize(group, false, "tcp", 443, 443, "0.0.0.0/0");
        String v6 = authorize(group, false, "udp", 1, 65535, "::/0");
        String out = authorize(group, true, "tcp", 25, 25, "198.51.100.0/24");

        assertEquals(
                Set.of(
                        new GroupRule(v4, group, false, "tcp", 443, 443, "0.0.0.0/0", null),
                        new GroupRule(v6, group, false, "udp", 1, 65535, "::/0", null),
                        new GroupRule(out, group, true, "tcp", 25, 25, "198.51.100.0/24", null)),
                groups().rules(group).stream()
                        .filter(rule -> Set.of(v4, v6, out).contains(rule.ruleId()))
                        .collect(Collectors.toSet()));
    }

    @Test
    protected void showsAllTrafficWithoutPorts() {
        String group = createGroup();
        String all = authorize(group, false, "-1", -1, -1, "0.0.0.0/1");

        assertEquals(new GroupRule(all, group, false, "-1", -1, -1, "0.0.0.0/1", null), rule(group, all));
    }

    @Test
    protected void showsNothingOfAGroupThatIsGone() {
        assertEquals(List.of(), groups().rules("sg-0123456789abcdef0"));
    }

    @Test
    protected void revokesTheNamedRulesAndNoOthers() {
        String group = createGroup();
        String wrong = authorize(group, false, "tcp", 22, 22, "0.0.0.0/0");
        String right = authorize(group, false, "tcp", 22, 22, "10.0.0.0/8");
        String out = authorize(group, true, "tcp", 25, 25, "0.0.0.0/0");

        groups().revokeIngress(group, Set.of(wrong));
        assertEquals(Set.of(right, out), present(group, wrong, right, out));

        groups().revokeEgress(group, Set.of(out));
        assertEquals(Set.of(right), present(group, wrong, right, out));
    }

    @Test
    protected void revokesNothingWhenOneRuleIsGone() {
        String group = createGroup();
        String there = authorize(group, false, "tcp", 22, 22, "0.0.0.0/0");
        String gone = authorize(group, false, "tcp", 23, 23, "0.0.0.0/0");
        groups().revokeIngress(group, Set.of(gone));

        assertThrows(RuntimeException.class, () -> groups().revokeIngress(group, Set.of(there, gone)));
        assertEquals(Set.of(there), present(group, there, gone));
    }

    private Set<String> present(String group, String... of) {
        return groups().rules(group).stream()
                .map(GroupRule::ruleId)
                .filter(Set.of(of)::contains)
                .collect(Collectors.toSet());
    }

    private GroupRule rule(String group, String id) {
        var found = groups().rules(group).stream()
                .filter(rule -> rule.ruleId().equals(id))
                .toList();
        assertTrue(found.size() == 1, () -> "rule " + id + " once, not " + found);
        return found.getFirst();
    }
}
