package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.GroupRule;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.core.port.SecurityGroups.Group;
import java.util.List;
import java.util.Optional;
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

    /** Has a network interface carry the group, and returns the interface's id. */
    protected abstract String carry(String groupId);

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

    @Test
    protected void showsAGroupByItsIdAndByItsName() {
        String id = createGroup();

        Group group = groups().group(id).orElseThrow();
        assertEquals(id, group.id());
        assertEquals(Optional.of(group), groups().named(group.name(), group.vpcId()));
        assertEquals(Optional.empty(), groups().named(group.name() + "x", group.vpcId()));
        assertEquals(Optional.empty(), groups().group("sg-0123456789abcdef0"));
    }

    @Test
    protected void addsRulesUnderNewIds() {
        String group = createGroup();
        GroupRule web = wanted(group, false, "tcp", 443, "10.0.0.0/8", "the office");
        GroupRule web6 = wanted(group, false, "tcp", 443, "2001:db8::/32", null);
        GroupRule everything = wanted(group, true, "-1", -1, "198.51.100.0/24", null);

        groups().authorizeIngress(group, List.of(web, web6));
        groups().authorizeEgress(group, List.of(everything));

        assertEquals(web, like(group, web).withId(""));
        assertEquals(web6, like(group, web6).withId(""));
        assertEquals(everything, like(group, everything).withId(""));
        assertNotEquals(like(group, web).ruleId(), like(group, web6).ruleId());
    }

    @Test
    protected void addsARuleForAnotherGroup() {
        String group = createGroup();
        GroupRule balancer = wanted(group, false, "tcp", 8080, createGroup(), null);

        groups().authorizeIngress(group, List.of(balancer));

        assertEquals(balancer, like(group, balancer).withId(""));
    }

    @Test
    protected void refusesARuleThatIsThere() {
        String group = createGroup();
        String there = authorize(group, false, "tcp", 443, 443, "10.0.0.0/8");
        GroupRule same = wanted(group, false, "tcp", 443, "10.0.0.0/8", "again");

        assertThrows(RuntimeException.class, () -> groups().authorizeIngress(group, List.of(same)));
        assertEquals(there, like(group, same).ruleId());
    }

    @Test
    protected void addsNothingToAGroupThatIsGone() {
        String gone = "sg-0123456789abcdef0";
        GroupRule rule = wanted(gone, false, "tcp", 443, "10.0.0.0/8", null);

        assertThrows(RuntimeException.class, () -> groups().authorizeIngress(gone, List.of(rule)));
        assertThrows(RuntimeException.class, () -> groups().authorizeEgress(gone, List.of(rule)));
    }

    @Test
    protected void givesARuleOtherValuesUnderItsId() {
        String group = createGroup();
        String id = authorize(group, false, "tcp", 443, 443, "0.0.0.0/0");
        String other = authorize(group, false, "tcp", 22, 22, "10.0.0.0/8");
        GroupRule narrow = new GroupRule(id, group, false, "tcp", 8443, 8443, "10.0.0.0/8", "the office");

        groups().modify(group, List.of(narrow));

        assertEquals(narrow, rule(group, id));
        assertEquals(22, rule(group, other).fromPort());
    }

    @Test
    protected void takesTheDescriptionAwayWithTheOldValues() {
        String group = createGroup();
        GroupRule described = wanted(group, false, "tcp", 443, "10.0.0.0/8", "the office");
        groups().authorizeIngress(group, List.of(described));
        GroupRule bare = like(group, described).describedAs(null);

        groups().modify(group, List.of(bare));

        assertEquals(bare, rule(group, bare.ruleId()));
    }

    @Test
    protected void changesNoRuleThatIsGone() {
        String group = createGroup();
        String id = authorize(group, false, "tcp", 443, 443, "0.0.0.0/0");
        groups().revokeIngress(group, Set.of(id));
        GroupRule gone = new GroupRule(id, group, false, "tcp", 443, 443, "10.0.0.0/8", null);

        assertThrows(RuntimeException.class, () -> groups().modify(group, List.of(gone)));
    }

    @Test
    protected void changesDescriptionsAlone() {
        String group = createGroup();
        String in = authorize(group, false, "tcp", 443, 443, "10.0.0.0/8");
        String out = authorize(group, true, "tcp", 25, 25, "198.51.100.0/24");

        groups().describeIngress(group, List.of(rule(group, in).describedAs("the office")));
        groups().describeEgress(group, List.of(rule(group, out).describedAs("mail")));

        assertEquals("the office", rule(group, in).description());
        assertEquals("mail", rule(group, out).description());
        assertEquals("10.0.0.0/8", rule(group, in).peer());
    }

    @Test
    protected void namesWhatUsesAGroup() {
        String group = createGroup();
        assertEquals(Set.of(), groups().users(group));
        String in = createGroup();
        String out = createGroup();
        groups().authorizeIngress(in, List.of(wanted(in, false, "tcp", 443, group, null)));
        groups().authorizeEgress(out, List.of(wanted(out, true, "tcp", 443, group, null)));
        groups().authorizeIngress(group, List.of(wanted(group, false, "tcp", 443, group, null)));
        String carrier = carry(group);

        assertEquals(Set.of(in, out, carrier), groups().users(group));
    }

    @Test
    protected void deletesAGroupWithItsRules() {
        String group = createGroup();
        authorize(group, false, "tcp", 443, 443, "10.0.0.0/8");

        groups().delete(group);

        assertEquals(Optional.empty(), groups().group(group));
        assertEquals(List.of(), groups().rules(group));
        assertThrows(RuntimeException.class, () -> groups().delete(group));
    }

    @Test
    protected void deletesNoGroupThatIsUsed() {
        String group = createGroup();
        carry(group);

        assertThrows(RuntimeException.class, () -> groups().delete(group));
        assertTrue(groups().group(group).isPresent());
    }

    private static GroupRule wanted(
            String group, boolean egress, String protocol, int port, String peer, String description) {
        return new GroupRule("", group, egress, protocol, port, port, peer, description);
    }

    private GroupRule like(String group, GroupRule wanted) {
        var found = groups().rules(group).stream().filter(wanted::allowsSameAs).toList();
        assertTrue(found.size() == 1, () -> wanted.words() + " once, not " + found);
        return found.getFirst();
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
