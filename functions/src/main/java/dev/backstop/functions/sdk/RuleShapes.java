package dev.backstop.functions.sdk;

import dev.backstop.core.GroupRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** A security group rule in the three shapes that EC2's calls have for it. */
final class RuleShapes {
    private RuleShapes() {}

    static GroupRule rule(SecurityGroupRule rule) {
        return new GroupRule(
                rule.securityGroupRuleId(),
                rule.groupId(),
                rule.isEgress(),
                rule.ipProtocol(),
                port(rule.fromPort()),
                port(rule.toPort()),
                peer(rule),
                rule.description());
    }

    static List<IpPermission> permissions(List<GroupRule> rules) {
        return rules.stream().map(RuleShapes::permission).toList();
    }

    static SecurityGroupRuleUpdate update(GroupRule rule) {
        SecurityGroupRuleRequest.Builder value = SecurityGroupRuleRequest.builder()
                .ipProtocol(rule.protocol())
                .fromPort(rule.fromPort())
                .toPort(rule.toPort())
                // Left out, the one that is there would stay.
                .description(rule.description() == null ? "" : rule.description());
        switch (rule.kind()) {
            case IPV4 -> value.cidrIpv4(rule.peer());
            case IPV6 -> value.cidrIpv6(rule.peer());
            case PREFIX_LIST -> value.prefixListId(rule.peer());
            case GROUP -> value.referencedGroupId(rule.peer());
        }
        return SecurityGroupRuleUpdate.builder()
                .securityGroupRuleId(rule.ruleId())
                .securityGroupRule(value.build())
                .build();
    }

    private static IpPermission permission(GroupRule rule) {
        IpPermission.Builder permission = IpPermission.builder().ipProtocol(rule.protocol());
        if (!rule.protocol().equals("-1")) {
            permission.fromPort(rule.fromPort()).toPort(rule.toPort());
        }
        String peer = rule.peer();
        String description = rule.description();
        switch (rule.kind()) {
            case IPV4 ->
                permission.ipRanges(
                        IpRange.builder().cidrIp(peer).description(description).build());
            case IPV6 ->
                permission.ipv6Ranges(Ipv6Range.builder()
                        .cidrIpv6(peer)
                        .description(description)
                        .build());
            case PREFIX_LIST ->
                permission.prefixListIds(PrefixListId.builder()
                        .prefixListId(peer)
                        .description(description)
                        .build());
            case GROUP ->
                permission.userIdGroupPairs(UserIdGroupPair.builder()
                        .groupId(peer)
                        .description(description)
                        .build());
        }
        return permission.build();
    }

    /** Rules for protocols without ports may come without them. */
    private static int port(@Nullable Integer port) {
        return port == null ? -1 : port;
    }

    private static String peer(SecurityGroupRule rule) {
        if (rule.cidrIpv4() != null) {
            return rule.cidrIpv4();
        }
        if (rule.cidrIpv6() != null) {
            return rule.cidrIpv6();
        }
        return rule.prefixListId() == null ? rule.referencedGroupInfo().groupId() : rule.prefixListId();
    }
}
