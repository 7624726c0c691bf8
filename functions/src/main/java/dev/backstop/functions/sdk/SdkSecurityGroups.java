package dev.backstop.functions.sdk;

import dev.backstop.core.port.SecurityGroups;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Security group rules in EC2. */
public record SdkSecurityGroups(Ec2Client ec2) implements SecurityGroups {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("ec2:DescribeSecurityGroupRules", "ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress");

    @Override
    public List<GroupRule> rules(String groupId) {
        Filter group = Filter.builder().name("group-id").values(groupId).build();
        return ec2.describeSecurityGroupRulesPaginator(request -> request.filters(group)).securityGroupRules().stream()
                .map(SdkSecurityGroups::rule)
                .toList();
    }

    @Override
    public void revokeIngress(String groupId, Set<String> ruleIds) {
        ec2.revokeSecurityGroupIngress(request -> request.groupId(groupId).securityGroupRuleIds(ruleIds));
    }

    @Override
    public void revokeEgress(String groupId, Set<String> ruleIds) {
        ec2.revokeSecurityGroupEgress(request -> request.groupId(groupId).securityGroupRuleIds(ruleIds));
    }

    private static GroupRule rule(SecurityGroupRule rule) {
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
