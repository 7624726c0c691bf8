package dev.backstop.core.memory;

import dev.backstop.core.port.SecurityGroups;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Security groups in memory. */
public final class LocalSecurityGroups implements SecurityGroups {
    private final Map<String, GroupRule> rules = new LinkedHashMap<>();

    /** Adds a rule, as an Authorize call does; a rule with the same id is replaced, as a Modify call does. */
    public synchronized void put(GroupRule rule) {
        rules.put(rule.ruleId(), rule);
    }

    @Override
    public synchronized List<GroupRule> rules(String groupId) {
        return rules.values().stream()
                .filter(rule -> rule.groupId().equals(groupId))
                .toList();
    }

    @Override
    public void revokeIngress(String groupId, Set<String> ruleIds) {
        revoke(groupId, ruleIds, rule -> !rule.egress());
    }

    @Override
    public void revokeEgress(String groupId, Set<String> ruleIds) {
        revoke(groupId, ruleIds, GroupRule::egress);
    }

    private synchronized void revoke(String groupId, Set<String> ruleIds, Predicate<GroupRule> direction) {
        for (String id : ruleIds) {
            GroupRule rule = rules.get(id);
            if (rule == null || !rule.groupId().equals(groupId) || !direction.test(rule)) {
                throw new LocalAwsException("InvalidSecurityGroupRuleId.NotFound", id + " is not a rule of " + groupId);
            }
        }
        rules.keySet().removeAll(ruleIds);
    }
}
