package dev.backstop.functions.sdk;

import dev.backstop.core.GroupRule;
import dev.backstop.core.port.SecurityGroups;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups in EC2. */
public record SdkSecurityGroups(Ec2Client ec2) implements SecurityGroups {
    @Override
    public Optional<Group> group(String groupId) {
        return groups(filter("group-id", groupId)).stream().findFirst();
    }

    @Override
    public Optional<Group> named(String name, String vpcId) {
        return groups(filter("group-name", name), filter("vpc-id", vpcId)).stream()
                .findFirst();
    }

    @Override
    public Set<String> users(String groupId) {
        Set<String> users = new TreeSet<>();
        ec2
                .describeNetworkInterfacesPaginator(request -> request.filters(filter("group-id", groupId)))
                .networkInterfaces()
                .stream()
                .map(NetworkInterface::networkInterfaceId)
                .forEach(users::add);
        for (String direction : List.of("ip-permission.group-id", "egress.ip-permission.group-id")) {
            groups(filter(direction, groupId)).stream()
                    .map(Group::id)
                    .filter(other -> !other.equals(groupId))
                    .forEach(users::add);
        }
        return users;
    }

    @Override
    public List<GroupRule> rules(String groupId) {
        return ec2
                .describeSecurityGroupRulesPaginator(request -> request.filters(filter("group-id", groupId)))
                .securityGroupRules()
                .stream()
                .map(RuleShapes::rule)
                .toList();
    }

    @Override
    public void authorizeIngress(String groupId, List<GroupRule> rules) {
        ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(groupId).ipPermissions(RuleShapes.permissions(rules)));
    }

    @Override
    public void authorizeEgress(String groupId, List<GroupRule> rules) {
        ec2.authorizeSecurityGroupEgress(
                request -> request.groupId(groupId).ipPermissions(RuleShapes.permissions(rules)));
    }

    @Override
    public void revokeIngress(String groupId, Set<String> ruleIds) {
        ec2.revokeSecurityGroupIngress(request -> request.groupId(groupId).securityGroupRuleIds(ruleIds));
    }

    @Override
    public void revokeEgress(String groupId, Set<String> ruleIds) {
        ec2.revokeSecurityGroupEgress(request -> request.groupId(groupId).securityGroupRuleIds(ruleIds));
    }

    @Override
    public void modify(String groupId, List<GroupRule> rules) {
        ec2.modifySecurityGroupRules(request -> request.groupId(groupId)
                .securityGroupRules(rules.stream().map(RuleShapes::update).toList()));
    }

    @Override
    public void describeIngress(String groupId, List<GroupRule> rules) {
        ec2.updateSecurityGroupRuleDescriptionsIngress(
                request -> request.groupId(groupId).ipPermissions(RuleShapes.permissions(rules)));
    }

    @Override
    public void describeEgress(String groupId, List<GroupRule> rules) {
        ec2.updateSecurityGroupRuleDescriptionsEgress(
                request -> request.groupId(groupId).ipPermissions(RuleShapes.permissions(rules)));
    }

    @Override
    public void delete(String groupId) {
        ec2.deleteSecurityGroup(request -> request.groupId(groupId));
    }

    private List<Group> groups(Filter... filters) {
        return ec2.describeSecurityGroupsPaginator(request -> request.filters(filters)).securityGroups().stream()
                .map(SdkSecurityGroups::group)
                .toList();
    }

    private static Group group(SecurityGroup group) {
        return new Group(group.groupId(), group.groupName(), group.description(), group.vpcId());
    }

    /** Filters, since an unknown id would make a call that names it fail. */
    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
