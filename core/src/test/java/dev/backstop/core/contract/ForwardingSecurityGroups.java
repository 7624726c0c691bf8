package dev.backstop.core.contract;

import dev.backstop.core.GroupRule;
import dev.backstop.core.port.SecurityGroups;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Security groups that are others, but for what a test overrides. */
public interface ForwardingSecurityGroups extends SecurityGroups {
    SecurityGroups real();

    @Override
    default Optional<Group> group(String groupId) {
        return real().group(groupId);
    }

    @Override
    default Optional<Group> named(String name, String vpcId) {
        return real().named(name, vpcId);
    }

    @Override
    default Set<String> users(String groupId) {
        return real().users(groupId);
    }

    @Override
    default List<GroupRule> rules(String groupId) {
        return real().rules(groupId);
    }

    @Override
    default void authorizeIngress(String groupId, List<GroupRule> rules) {
        real().authorizeIngress(groupId, rules);
    }

    @Override
    default void authorizeEgress(String groupId, List<GroupRule> rules) {
        real().authorizeEgress(groupId, rules);
    }

    @Override
    default void revokeIngress(String groupId, Set<String> ruleIds) {
        real().revokeIngress(groupId, ruleIds);
    }

    @Override
    default void revokeEgress(String groupId, Set<String> ruleIds) {
        real().revokeEgress(groupId, ruleIds);
    }

    @Override
    default void modify(String groupId, List<GroupRule> rules) {
        real().modify(groupId, rules);
    }

    @Override
    default void describeIngress(String groupId, List<GroupRule> rules) {
        real().describeIngress(groupId, rules);
    }

    @Override
    default void describeEgress(String groupId, List<GroupRule> rules) {
        real().describeEgress(groupId, rules);
    }

    @Override
    default void delete(String groupId) {
        real().delete(groupId);
    }
}
