package dev.backstop.core.memory;

import dev.backstop.core.GroupRule;
import dev.backstop.core.port.SecurityGroups;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Security groups in memory; a group is there when it was created, or when it has a rule. */
public final class LocalSecurityGroups implements SecurityGroups {
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, GroupRule> rules = new LinkedHashMap<>();
    private final Map<String, String> carriers = new LinkedHashMap<>();
    private int added;

    public synchronized void create(Group group) {
        groups.put(group.id(), group);
    }

    /** Adds a rule as it is; a rule with the same id is replaced. */
    public synchronized void put(GroupRule rule) {
        rules.put(rule.ruleId(), rule);
    }

    /** Has a network interface carry a group. */
    public synchronized void carry(String interfaceId, String groupId) {
        carriers.put(interfaceId, groupId);
    }

    /** All groups that are there. */
    public synchronized Set<String> ids() {
        Set<String> ids = new TreeSet<>(groups.keySet());
        rules.values().forEach(rule -> ids.add(rule.groupId()));
        return ids;
    }

    @Override
    public synchronized Optional<Group> group(String groupId) {
        return Optional.ofNullable(groups.get(groupId))
                .or(() -> rules(groupId).stream().findFirst().map(_ -> new Group(groupId, groupId, "", "vpc-0")));
    }

    @Override
    public synchronized Optional<Group> named(String name, String vpcId) {
        return groups.values().stream()
                .filter(group -> group.name().equals(name) && group.vpcId().equals(vpcId))
                .findFirst();
    }

    @Override
    public synchronized Set<String> users(String groupId) {
        Set<String> users = new TreeSet<>();
        carriers.forEach((carrier, group) -> {
            if (group.equals(groupId)) {
                users.add(carrier);
            }
        });
        rules.values().stream()
                .filter(rule -> rule.peer().equals(groupId) && !rule.groupId().equals(groupId))
                .forEach(rule -> users.add(rule.groupId()));
        return users;
    }

    @Override
    public synchronized List<GroupRule> rules(String groupId) {
        return rules.values().stream()
                .filter(rule -> rule.groupId().equals(groupId))
                .toList();
    }

    @Override
    public void authorizeIngress(String groupId, List<GroupRule> wanted) {
        authorize(groupId, wanted);
    }

    @Override
    public void authorizeEgress(String groupId, List<GroupRule> wanted) {
        authorize(groupId, wanted);
    }

    @Override
    public void revokeIngress(String groupId, Set<String> ruleIds) {
        revoke(groupId, ruleIds, rule -> !rule.egress());
    }

    @Override
    public void revokeEgress(String groupId, Set<String> ruleIds) {
        revoke(groupId, ruleIds, GroupRule::egress);
    }

    @Override
    public synchronized void modify(String groupId, List<GroupRule> wanted) {
        Map<String, GroupRule> left = new LinkedHashMap<>();
        rules(groupId).forEach(rule -> left.put(rule.ruleId(), rule));
        for (GroupRule rule : wanted) {
            if (left.remove(rule.ruleId()) == null) {
                throw notThere(rule.ruleId(), groupId);
            }
        }
        wanted.forEach(rule -> refuseDuplicate(left.values().stream(), rule));
        wanted.forEach(this::put);
    }

    @Override
    public void describeIngress(String groupId, List<GroupRule> wanted) {
        describe(groupId, wanted);
    }

    @Override
    public void describeEgress(String groupId, List<GroupRule> wanted) {
        describe(groupId, wanted);
    }

    @Override
    public synchronized void delete(String groupId) {
        there(groupId);
        Set<String> users = users(groupId);
        if (!users.isEmpty()) {
            throw new LocalAwsException("DependencyViolation", groupId + " is used by " + users);
        }
        groups.remove(groupId);
        rules.values().removeIf(rule -> rule.groupId().equals(groupId));
    }

    private synchronized void authorize(String groupId, List<GroupRule> wanted) {
        there(groupId);
        wanted.forEach(rule -> refuseDuplicate(rules(groupId).stream(), rule));
        for (GroupRule rule : wanted) {
            put(rule.withId(String.format("sgr-%017x", ++added)));
        }
    }

    private synchronized void revoke(String groupId, Set<String> ruleIds, Predicate<GroupRule> direction) {
        for (String id : ruleIds) {
            GroupRule rule = rules.get(id);
            if (rule == null || !rule.groupId().equals(groupId) || !direction.test(rule)) {
                throw notThere(id, groupId);
            }
        }
        rules.keySet().removeAll(ruleIds);
    }

    private synchronized void describe(String groupId, List<GroupRule> wanted) {
        for (GroupRule rule : wanted) {
            GroupRule there = rules(groupId).stream()
                    .filter(rule::allowsSameAs)
                    .findFirst()
                    .orElseThrow(() -> new LocalAwsException("InvalidPermission.NotFound", rule.words()));
            put(there.describedAs(rule.description()));
        }
    }

    private void there(String groupId) {
        if (group(groupId).isEmpty()) {
            throw new LocalAwsException("InvalidGroup.NotFound", groupId + " does not exist");
        }
    }

    private static void refuseDuplicate(Stream<GroupRule> present, GroupRule rule) {
        if (present.anyMatch(rule::allowsSameAs)) {
            throw new LocalAwsException("InvalidPermission.Duplicate", rule.words() + " is there already");
        }
    }

    private static LocalAwsException notThere(String ruleId, String groupId) {
        return new LocalAwsException("InvalidSecurityGroupRuleId.NotFound", ruleId + " is not a rule of " + groupId);
    }
}
