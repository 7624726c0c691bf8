package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Seed.Group;
import dev.backstop.core.GroupRule;
import dev.backstop.core.port.Instances.Instance;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Creates EC2's part of a world on a server, whose ids go into the names, and sees to its removal. */
final class Making {
    private static final Filter DEFAULT =
            Filter.builder().name("is-default").values("true").build();
    /** Local servers take any image that looks like one. */
    private static final String IMAGE = "ami-12c6146b";

    private final Ec2Client ec2;
    private final Names names;
    private final Cleanup cleanup;
    private final String suffix;

    Making(Ec2Client ec2, Names names, Cleanup cleanup, String suffix) {
        this.ec2 = ec2;
        this.names = names;
        this.cleanup = cleanup;
        this.suffix = suffix;
    }

    /** The group's real id. It comes with the egress rule that every group has. */
    String group(String scripted, String name) {
        String vpc = ec2.describeVpcs(request -> request.filters(DEFAULT)).vpcs().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server has no default VPC to put groups into"))
                .vpcId();
        String id = ec2.createSecurityGroup(request -> request.groupName(name + suffix)
                        .description("Backstop demo")
                        .vpcId(vpc))
                .groupId();
        names.put(scripted, id);
        cleanup.add("security group " + id, () -> ec2.deleteSecurityGroup(request -> request.groupId(id)));
        return id;
    }

    /** Adds the group's own rules once all groups are there, since rules may name other groups. */
    void rules(Group group) {
        group.rules().stream().filter(rule -> !isUsual(rule)).forEach(this::rule);
    }

    void rule(GroupRule rule) {
        String group = names.real(rule.groupId());
        IpPermission permission = permission(rule);
        List<SecurityGroupRule> added = rule.egress()
                ? ec2.authorizeSecurityGroupEgress(
                                request -> request.groupId(group).ipPermissions(permission))
                        .securityGroupRules()
                : ec2.authorizeSecurityGroupIngress(
                                request -> request.groupId(group).ipPermissions(permission))
                        .securityGroupRules();
        String id = added.getFirst().securityGroupRuleId();
        names.put(rule.ruleId(), id);
        cleanup.add("security group rule " + id, () -> revoke(rule.egress(), group, id));
    }

    /** The instance's real id. */
    String instance(Instance instance) {
        List<Tag> tags = instance.tags().entrySet().stream().map(Making::tag).toList();
        TagSpecification tagged = TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(tags)
                .build();
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .imageId(IMAGE)
                .instanceType(instance.type())
                .minCount(1)
                .maxCount(1);
        String id = ec2.runInstances((tags.isEmpty() ? request : request.tagSpecifications(tagged)).build())
                .instances()
                .getFirst()
                .instanceId();
        names.put(instance.id(), id);
        cleanup.add("instance " + id, () -> ec2.terminateInstances(stop -> stop.instanceIds(id)));
        if (instance.state().equals("stopped")) {
            ec2.stopInstances(stop -> stop.instanceIds(id));
        }
        return id;
    }

    private void revoke(boolean egress, String group, String id) {
        if (egress) {
            ec2.revokeSecurityGroupEgress(request -> request.groupId(group).securityGroupRuleIds(id));
        } else {
            ec2.revokeSecurityGroupIngress(request -> request.groupId(group).securityGroupRuleIds(id));
        }
    }

    private IpPermission permission(GroupRule rule) {
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(rule.protocol())
                .fromPort(rule.fromPort())
                .toPort(rule.toPort());
        String peer = names.real(rule.peer());
        if (peer.startsWith("sg-")) {
            return permission
                    .userIdGroupPairs(UserIdGroupPair.builder().groupId(peer).build())
                    .build();
        }
        return peer.contains(":")
                ? permission
                        .ipv6Ranges(Ipv6Range.builder().cidrIpv6(peer).build())
                        .build()
                : permission.ipRanges(IpRange.builder().cidrIp(peer).build()).build();
    }

    private static boolean isUsual(GroupRule rule) {
        return State.rule(rule).endsWith(State.USUAL_EGRESS);
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
    }
}
