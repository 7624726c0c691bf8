package dev.backstop.core.port;

import dev.backstop.core.GroupRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Security groups and their rules; every change fails whole, or is made whole. */
public interface SecurityGroups {
    /** A group; empty when it is gone. */
    Optional<Group> group(String groupId);

    /** The group of that name in a VPC. */
    Optional<Group> named(String name, String vpcId);

    /** What keeps a group from being deleted: network interfaces that carry it, other groups whose rules name it. */
    Set<String> users(String groupId);

    /** All rules of a group, both directions; empty when the group is gone. */
    List<GroupRule> rules(String groupId);

    /** Adds rules, ids ignored: each gets a new one. Fails when one with the same value is there. */
    void authorizeIngress(String groupId, List<GroupRule> rules);

    /** Like {@link #authorizeIngress}. */
    void authorizeEgress(String groupId, List<GroupRule> rules);

    /** Removes ingress rules. Fails when one of the ids is gone. */
    void revokeIngress(String groupId, Set<String> ruleIds);

    /** Removes egress rules. Fails when one of the ids is gone. */
    void revokeEgress(String groupId, Set<String> ruleIds);

    /** Gives rules, by id, these values and descriptions. Fails when one of the ids is gone. */
    void modify(String groupId, List<GroupRule> rules);

    /** Gives ingress rules, found by value, these descriptions; none removes it. */
    void describeIngress(String groupId, List<GroupRule> rules);

    /** Gives egress rules, found by value, these descriptions; none removes it. */
    void describeEgress(String groupId, List<GroupRule> rules);

    /** Deletes a group that nothing uses. Fails when it is gone or used. */
    void delete(String groupId);

    /** One group. */
    record Group(String id, String name, String description, String vpcId) {}
}
