package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.remediations.Drift;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** For every remediation of EC2 what an agent did on a local AWS, so that each of its calls is needed once. */
final class Ec2Scenes {
    private static final String NOTHING = "{}";
    private static final Map<String, String> RELAXED = Map.of(
            "httpTokens", "optional",
            "httpEndpoint", "enabled",
            "httpPutResponseHopLimit", "1",
            "httpProtocolIpv6", "disabled",
            "instanceMetadataTags", "disabled");

    private final SdkClients clients;
    private final Ec2Client ec2;
    private final String vpc;
    private final String subnet;

    Ec2Scenes(SdkClients clients) {
        this.clients = clients;
        this.ec2 = clients.ec2();
        this.vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        this.subnet = ec2.describeSubnets().subnets().getFirst().subnetId();
    }

    /**
     * What the agent did.
     *
     * @param prior the configuration of what it did it to, before
     */
    record Scene(CloudTrailRecord record, String prior) {}

    List<Scene> of(String remediation) {
        return switch (remediation) {
            case "revoke-added-security-group-rules" -> List.of(added(false), added(true));
            case "restore-revoked-security-group-rules" -> List.of(revoked(false), revoked(true));
            case "restore-modified-security-group-rules" ->
                List.of(modified(false, false), modified(false, true), modified(true, true));
            case "restore-security-group-rule-descriptions" -> List.of(described(false), described(true));
            case "delete-created-security-group" -> List.of(created());
            case "report-deleted-security-group" -> List.of(deleted());
            case "stop-launched-instances", "terminate-launched-instances" -> List.of(launched());
            case "isolate-launched-instances" -> List.of(launched(), launchedOutOfQuarantine());
            case "undo-instance-state-change" -> List.of(stopped(), started(), terminated());
            case "restore-instance-type", "restore-instance-type-with-restart" -> List.of(resized());
            case "restore-instance-attribute" -> List.of(unprotected());
            case "restore-network-interface" -> List.of(regrouped());
            case "restore-instance-metadata-options" -> List.of(relaxed());
            case "detach-instance-profile" -> List.of(associated());
            case "restore-instance-profile" -> List.of(associated(), disassociated(), replaced());
            case "restore-approved-security-group" -> List.of(groupDrifted(false), groupDrifted(true), groupEmptied());
            case "restore-approved-instance" -> List.of(instanceDrifted());
            case "unshare-image-or-snapshot" -> List.of(imageShared(), snapshotShared());
            default -> throw new AssertionError("no scene for " + remediation + ": write one");
        };
    }

    private Scene added(boolean egress) {
        GroupRule rule = authorized(group(), egress, 443, "0.0.0.0/0");
        String name = egress ? "AuthorizeSecurityGroupEgress" : "AuthorizeSecurityGroupIngress";
        return scene(name, NOTHING, "{\"securityGroupRuleSet\":{\"items\":[" + rule.toJson() + "]}}", NOTHING);
    }

    private Scene revoked(boolean egress) {
        String group = bare();
        GroupRule rule = authorized(group, egress, 443, "10.0.0.0/8");
        if (egress) {
            groups().revokeEgress(group, Set.of(rule.ruleId()));
        } else {
            groups().revokeIngress(group, Set.of(rule.ruleId()));
        }
        String name = egress ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress";
        return scene(
                name, NOTHING, "{\"revokedSecurityGroupRuleSet\":{\"items\":[" + rule.toJson() + "]}}", baseline(rule));
    }

    /** @param again whether somebody has added the former rule again */
    private Scene modified(boolean egress, boolean again) {
        String group = group();
        GroupRule rule = authorized(group, egress, 443, "10.0.0.0/8");
        groups().modify(group, List.of(with(rule, "0.0.0.0/0")));
        if (again) {
            authorized(group, egress, 443, "10.0.0.0/8");
        }
        String request = """
                {"ModifySecurityGroupRulesRequest":{"GroupId":"%s","SecurityGroupRule":{"SecurityGroupRuleId":"%s",
                 "SecurityGroupRule":{"CidrIpv4":"0.0.0.0/0","FromPort":443,"ToPort":443,"IpProtocol":"tcp"}}}}""".formatted(group, rule.ruleId());
        return scene("ModifySecurityGroupRules", request, NOTHING, baseline(rule));
    }

    private Scene described(boolean egress) {
        String group = group();
        GroupRule rule = authorized(group, egress, 443, "10.0.0.0/8");
        GroupRule described = rule.describedAs("temporary");
        if (egress) {
            groups().describeEgress(group, List.of(described));
        } else {
            groups().describeIngress(group, List.of(described));
        }
        String request = """
                {"groupId":"%s","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,
                 "ipRanges":{"items":[{"cidrIp":"10.0.0.0/8","description":"temporary"}]}}]}}""".formatted(group);
        String name = "UpdateSecurityGroupRuleDescriptions" + (egress ? "Egress" : "Ingress");
        return scene(name, request, NOTHING, baseline(rule.describedAs("the office")));
    }

    private Scene created() {
        return scene("CreateSecurityGroup", NOTHING, "{\"groupId\":\"" + group() + "\"}", NOTHING);
    }

    private Scene deleted() {
        return scene("DeleteSecurityGroup", "{\"groupId\":\"sg-0123456789abcdef0\"}", NOTHING, """
                {"groupName":"gone","description":"gone","vpcId":"%s","securityGroupRules":[]}""".formatted(vpc));
    }

    /** In a VPC without a quarantine, so that isolating means stopping. */
    private Scene launched() {
        return launched(launch());
    }

    private Scene launchedOutOfQuarantine() {
        String other =
                ec2.createVpc(request -> request.cidrBlock("10.9.0.0/16")).vpc().vpcId();
        String home = ec2.createSubnet(request -> request.vpcId(other).cidrBlock("10.9.0.0/24"))
                .subnet()
                .subnetId();
        String quarantine = ec2.createSecurityGroup(request ->
                        request.vpcId(other).groupName("backstop-quarantine").description("lets nothing through"))
                .groupId();
        groups().rules(quarantine).forEach(rule -> groups().revokeEgress(quarantine, Set.of(rule.ruleId())));
        var primary = InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(home)
                .build();
        return launched(launch(request -> request.networkInterfaces(primary)));
    }

    private static Scene launched(String instance) {
        return scene(
                "RunInstances",
                NOTHING,
                "{\"instancesSet\":{\"items\":[{\"instanceId\":\"" + instance + "\"}]}}",
                NOTHING);
    }

    private Scene stopped() {
        String instance = launch();
        ec2.stopInstances(request -> request.instanceIds(instance));
        return changed("StopInstances", instance, "running", NOTHING);
    }

    private Scene started() {
        return changed("StartInstances", launch(), "stopped", NOTHING);
    }

    private Scene terminated() {
        String instance = launch();
        ec2.terminateInstances(request -> request.instanceIds(instance));
        return changed("TerminateInstances", instance, "running", """
                {"imageId":"ami-12c6146b","blockDeviceMappings":[{"ebs":{"volumeId":"vol-0123456789abcdef0"}}]}""");
    }

    private Scene resized() {
        String instance = launch();
        return scene(
                "ModifyInstanceAttribute",
                "{\"instanceId\":\"" + instance + "\",\"instanceType\":{\"value\":\"t3.micro\"}}",
                NOTHING,
                "{\"instanceType\":\"t3.nano\"}");
    }

    private Scene unprotected() {
        String instance = launch();
        return scene(
                "ModifyInstanceAttribute",
                "{\"instanceId\":\"" + instance + "\",\"disableApiTermination\":{\"value\":false}}",
                NOTHING,
                "{\"" + Attribute.TERMINATION_PROTECTION.apiName() + "\":true}");
    }

    private Scene regrouped() {
        String former = group();
        String chosen = group();
        String id = ec2.createNetworkInterface(
                        request -> request.subnetId(subnet).groups(chosen))
                .networkInterface()
                .networkInterfaceId();
        return scene(
                "ModifyNetworkInterfaceAttribute",
                "{\"networkInterfaceId\":\"" + id + "\",\"groupSet\":{\"items\":[{\"groupId\":\"" + chosen + "\"}]}}",
                NOTHING,
                "{\"groups\":[{\"groupId\":\"" + former + "\"}]}");
    }

    private Scene relaxed() {
        String instance = launch();
        new SdkInstances(ec2).setMetadataOptions(instance, RELAXED);
        String options = "\"HttpTokens\":\"optional\",\"HttpEndpoint\":\"enabled\",\"HttpProtocolIpv6\":\"disabled\","
                + "\"InstanceMetadataTags\":\"disabled\"";
        return scene(
                "ModifyInstanceMetadataOptions",
                "{\"ModifyInstanceMetadataOptionsRequest\":{\"InstanceId\":\"" + instance + "\"," + options + "}}",
                NOTHING,
                "{\"metadataOptions\":{\"httpTokens\":\"required\",\"httpEndpoint\":\"disabled\",\"httpProtocolIpv6\":\"enabled\","
                        + "\"instanceMetadataTags\":\"enabled\"}}");
    }

    /** One rule removed, one changed, one added. */
    private Scene groupDrifted(boolean egress) {
        String group = bare();
        GroupRule removed = authorized(group, egress, 22, "10.0.0.0/8");
        GroupRule changed = authorized(group, egress, 443, "10.0.0.0/8");
        ObjectNode approved = look(Watched.GROUP, group);
        if (egress) {
            groups().revokeEgress(group, Set.of(removed.ruleId()));
        } else {
            groups().revokeIngress(group, Set.of(removed.ruleId()));
        }
        groups().modify(group, List.of(with(changed, "0.0.0.0/0")));
        authorized(group, egress, 3389, "0.0.0.0/0");
        return drifted(Watched.GROUP, group, approved);
    }

    private Scene groupEmptied() {
        String group = bare();
        GroupRule removed = authorized(group, false, 22, "10.0.0.0/8");
        ObjectNode approved = look(Watched.GROUP, group);
        groups().revokeIngress(group, Set.of(removed.ruleId()));
        return drifted(Watched.GROUP, group, approved);
    }

    private Scene instanceDrifted() {
        String instance = launch();
        new SdkInstances(ec2).setMetadataOptions(instance, RELAXED);
        ObjectNode approved = look(Watched.INSTANCE, instance);
        approved.put("instanceType", "t3.nano");
        // moto_server forgets the options that a call leaves out: all that it keeps as words are to change.
        approved.withObject("/metadataOptions")
                .put("httpTokens", "required")
                .put("httpEndpoint", "disabled")
                .put("httpProtocolIpv6", "enabled")
                .put("instanceMetadataTags", "enabled");
        approved.withArray("/networkInterfaces/0/groups")
                .removeAll()
                .addObject()
                .put("groupId", group());
        return drifted(Watched.INSTANCE, instance, approved);
    }

    private Scene drifted(String type, String id, ObjectNode approved) {
        Resource resource = new Resource(type, id, "us-east-1", Records.ACCOUNT);
        ObjectNode request = Json.object().put("resourceId", id);
        request.set(
                "calls",
                Json.MAPPER.valueToTree(
                        Drift.between(resource, approved, look(type, id)).calls()));
        return scene("Drift", Json.write(request), NOTHING, Json.write(approved));
    }

    private ObjectNode look(String type, String id) {
        SdkInventory inventory = new SdkInventory(ec2, InstantSource.system());
        List<ObjectNode> seen = new ArrayList<>();
        if (type.equals(Watched.GROUP)) {
            inventory.groups(Set.of(id), one -> seen.add(one.look().configuration()));
        } else {
            inventory.instances(Set.of(id), one -> seen.add(one.look().configuration()));
        }
        return seen.getFirst();
    }

    private Scene associated() {
        String instance = launch();
        String admin = profile();
        new SdkInstanceProfiles(ec2).associate(instance, admin);
        return profiled("AssociateIamInstanceProfile", instance, admin, NOTHING);
    }

    private Scene disassociated() {
        return profiled("DisassociateIamInstanceProfile", launch(), profile(), NOTHING);
    }

    private Scene replaced() {
        String instance = launch();
        String admin = profile();
        new SdkInstanceProfiles(ec2).associate(instance, admin);
        return profiled(
                "ReplaceIamInstanceProfileAssociation",
                instance,
                admin,
                "{\"iamInstanceProfile\":{\"arn\":\"" + profile() + "\"}}");
    }

    private Scene imageShared() {
        String instance = launch();
        String image = ec2.createImage(request -> request.instanceId(instance).name("shared"))
                .imageId();
        LaunchPermission everybody = LaunchPermission.builder().group("all").build();
        ec2.modifyImageAttribute(request -> request.imageId(image).launchPermission(change -> change.add(everybody)));
        return scene(
                "ModifyImageAttribute",
                "{\"imageId\":\"" + image + "\",\"launchPermission\":{\"add\":{\"items\":[{\"group\":\"all\"}]}}}",
                NOTHING,
                NOTHING);
    }

    private Scene snapshotShared() {
        String volume = ec2.createVolume(
                        request -> request.availabilityZone("eu-west-1a").size(1))
                .volumeId();
        String snapshot =
                ec2.createSnapshot(request -> request.volumeId(volume)).snapshotId();
        ec2.modifySnapshotAttribute(request ->
                request.snapshotId(snapshot).operationType(OperationType.ADD).groupNames("all"));
        return scene(
                "ModifySnapshotAttribute",
                "{\"snapshotId\":\"" + snapshot
                        + "\",\"createVolumePermission\":{\"add\":{\"items\":[{\"group\":\"all\"}]}}}",
                NOTHING,
                NOTHING);
    }

    private Scene changed(String call, String instance, String previous, String prior) {
        String response = """
                {"instancesSet":{"items":[{"instanceId":"%s","previousState":{"name":"%s"}}]}}""".formatted(instance, previous);
        return scene(call, NOTHING, response, prior);
    }

    private Scene profiled(String call, String instance, String arn, String prior) {
        String response = """
                {"%sResponse":{"iamInstanceProfileAssociation":{"instanceId":"%s","iamInstanceProfile":{"arn":"%s"}}}}""".formatted(call, instance, arn);
        return scene(call, NOTHING, response, prior);
    }

    private static Scene scene(String call, String request, String response, String prior) {
        return new Scene(Records.call("ec2", call, request, response), prior);
    }

    private SdkSecurityGroups groups() {
        return new SdkSecurityGroups(ec2);
    }

    private String group() {
        return ec2.createSecurityGroup(request ->
                        request.vpcId(vpc).groupName("g-" + UUID.randomUUID()).description("of a test"))
                .groupId();
    }

    /** A group without any rule. */
    private String bare() {
        String group = group();
        groups().rules(group).forEach(rule -> groups().revokeEgress(group, Set.of(rule.ruleId())));
        return group;
    }

    private GroupRule authorized(String group, boolean egress, int port, String peer) {
        GroupRule wanted = new GroupRule("", group, egress, "tcp", port, port, peer, null);
        if (egress) {
            groups().authorizeEgress(group, List.of(wanted));
        } else {
            groups().authorizeIngress(group, List.of(wanted));
        }
        return groups().rules(group).stream()
                .filter(wanted::allowsSameAs)
                .findFirst()
                .orElseThrow();
    }

    private static GroupRule with(GroupRule rule, String peer) {
        return new GroupRule(
                rule.ruleId(),
                rule.groupId(),
                rule.egress(),
                rule.protocol(),
                rule.fromPort(),
                rule.toPort(),
                peer,
                null);
    }

    private static String baseline(GroupRule rule) {
        return "{\"groupName\":\"g\",\"securityGroupRules\":[" + rule.toJson() + "]}";
    }

    private String launch() {
        return launch(request -> {});
    }

    /** Tagged so that it may be restarted. */
    private String launch(Consumer<RunInstancesRequest.Builder> more) {
        TagSpecification tags = TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(Tag.builder().key("backstop:restart").value("allowed").build())
                .build();
        return ec2.runInstances(request -> {
                    request.imageId("ami-12c6146b")
                            .instanceType("t3.micro")
                            .minCount(1)
                            .maxCount(1);
                    more.accept(request.tagSpecifications(tags));
                })
                .instances()
                .getFirst()
                .instanceId();
    }

    private String profile() {
        return clients.iam()
                .createInstanceProfile(request -> request.instanceProfileName("p-" + UUID.randomUUID()))
                .instanceProfile()
                .arn();
    }
}
