package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.UserIdentity;
import dev.backstop.core.baseline.Change.By;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call changed of one resource that baselines are kept of, or of one that leads to such: a network interface also to
 * its instance, a group's name to the groups of that name.
 */
public record Watched(Resource resource, Change change) {
    public static final String GROUP = "AWS::EC2::SecurityGroup";
    public static final String INSTANCE = "AWS::EC2::Instance";
    public static final String INTERFACE = "AWS::EC2::NetworkInterface";

    /** A group that a call named without its id. */
    public static final String GROUP_NAME = "name of AWS::EC2::SecurityGroup";

    private static final List<String> GROUP_CALLS = List.of(
            "AuthorizeSecurityGroupEgress",
            "AuthorizeSecurityGroupIngress",
            "CreateSecurityGroup",
            "DeleteSecurityGroup",
            "ModifySecurityGroupRules",
            "RevokeSecurityGroupEgress",
            "RevokeSecurityGroupIngress",
            "UpdateSecurityGroupRuleDescriptionsEgress",
            "UpdateSecurityGroupRuleDescriptionsIngress");

    private static final Map<String, Set<String>> INSTANCE_CALLS = Map.of(
            "AssociateIamInstanceProfile", Set.of("iamInstanceProfile"),
            "AttachVolume", Set.of("blockDeviceMappings"),
            "DetachVolume", Set.of("blockDeviceMappings"),
            "DisassociateIamInstanceProfile", Set.of("iamInstanceProfile"),
            "ModifyInstanceAttribute", Set.of(),
            "ModifyInstanceMetadataOptions", Set.of("metadataOptions"),
            "ReplaceIamInstanceProfileAssociation", Set.of("iamInstanceProfile"),
            "RunInstances", Set.of(Change.ALL));

    private static final Map<String, Set<String>> INTERFACE_CALLS = Map.of(
            "AttachNetworkInterface", Set.of("networkInterfaces", "securityGroups"),
            "ModifyNetworkInterfaceAttribute", Set.of("networkInterfaces", "securityGroups", "sourceDestCheck"));

    /** What one attribute of ModifyInstanceAttribute changes beside, or instead of, what bears its name. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "instanceType", Set.of("instanceType"),
            "sourceDestCheck", Set.of("sourceDestCheck", "networkInterfaces"),
            "groupSet", Set.of("networkInterfaces", "securityGroups"),
            "disableApiTermination", Set.of("disableApiTermination"),
            "disableApiStop", Set.of("disableApiStop"),
            "instanceInitiatedShutdownBehavior", Set.of("instanceInitiatedShutdownBehavior"),
            "blockDeviceMapping", Set.of("blockDeviceMappings"));

    /** The names of the calls that change what baselines hold. */
    public static List<String> calls() {
        return Stream.of(GROUP_CALLS, INSTANCE_CALLS.keySet(), INTERFACE_CALLS.keySet())
                .flatMap(Collection::stream)
                .sorted()
                .toList();
    }

    /** Whether changes are kept of a type of resource, for what other sources say of it. */
    public static boolean isMarked(String type) {
        return isKept(type) || type.equals(INTERFACE);
    }

    /** Whether baselines are kept of a type of resource. */
    public static boolean isKept(String type) {
        return type.equals(GROUP) || type.equals(INSTANCE);
    }

    /**
     * What a record says was changed; nothing where the call failed or changed nothing that is kept.
     *
     * @param undoing whether a rule that reverts the call has matched it
     */
    public static List<Watched> of(CloudTrailRecord record, AgentSelector agents, boolean undoing) {
        String name = record.eventName();
        if (record.errorCode() != null || !record.eventSource().equals("ec2.amazonaws.com")) {
            return List.of();
        }
        By by = by(record, agents);
        List<Watched> all = new ArrayList<>();
        if (GROUP_CALLS.contains(name)) {
            Set<String> parts = rules(record);
            groups(record).forEach(group -> all.add(of(record, group, by, undoing, parts)));
        } else if (INSTANCE_CALLS.containsKey(name)) {
            Set<String> parts =
                    name.equals("ModifyInstanceAttribute") ? attributes(record.request()) : INSTANCE_CALLS.get(name);
            if (parts != null && !parts.isEmpty()) {
                instances(record)
                        .forEach(id -> all.add(of(record, resource(record, INSTANCE, id), by, undoing, parts)));
            }
        } else if (INTERFACE_CALLS.containsKey(name)) {
            String id = Json.text(record.request(), "networkInterfaceId");
            if (id != null) {
                all.add(of(record, resource(record, INTERFACE, id), by, undoing, INTERFACE_CALLS.get(name)));
            }
        }
        return List.copyOf(all);
    }

    /** The same change of another resource, which this one has led to. */
    public Watched on(String type, String id) {
        return new Watched(new Resource(type, id, resource.region(), resource.account()), change);
    }

    private static Watched of(
            CloudTrailRecord record, Resource resource, By by, boolean undoing, @Nullable Set<String> parts) {
        Set<String> changed = parts == null || parts.isEmpty() ? Set.of(Change.ALL) : parts;
        return new Watched(
                resource, new Change(record.eventTime(), record.eventId(), by, undoing, changed, ids(record.caller())));
    }

    /** In CloudTrail's own shape, so that whoever reads it finds the session by it. */
    private static ObjectNode ids(UserIdentity caller) {
        ObjectNode ids = Json.object();
        ids.put("type", caller.type());
        ids.put("arn", caller.arn());
        ids.put("principalId", caller.principalId());
        ids.put("accessKeyId", caller.accessKeyId());
        ObjectNode context = ids.putObject("sessionContext");
        context.put("sourceIdentity", caller.sourceIdentity());
        context.putObject("sessionIssuer").put("arn", caller.issuerArn());
        return ids;
    }

    private static By by(CloudTrailRecord record, AgentSelector agents) {
        String issuer = record.caller().issuerArn();
        if (issuer != null && issuer.endsWith(":role/backstop-respond")) {
            return By.GUARD;
        }
        return agents.selects(record.caller()) ? By.AGENT : By.PERSON;
    }

    /** By id wherever the record has one; the response has it also where the request gave a name. */
    private static Set<Resource> groups(CloudTrailRecord record) {
        Set<String> ids = new TreeSet<>(Stream.of(
                        values(record.request(), "groupId"),
                        values(record.request(), "ModifySecurityGroupRulesRequest.GroupId"),
                        values(record.response(), "groupId"),
                        values(record.response(), "securityGroupRuleSet.items.groupId"),
                        values(record.response(), "revokedSecurityGroupRuleSet.items.groupId"))
                .flatMap(List::stream)
                .toList());
        Set<Resource> groups = new LinkedHashSet<>();
        ids.forEach(id -> groups.add(resource(record, GROUP, id)));
        String name = Json.text(record.request(), "groupName");
        if (groups.isEmpty() && name != null) {
            groups.add(resource(record, GROUP_NAME, name));
        }
        return groups;
    }

    private static Set<String> rules(CloudTrailRecord record) {
        JsonNode request = record.request();
        JsonNode response = record.response();
        return new TreeSet<>(Stream.of(
                        values(response, "securityGroupRuleSet.items.securityGroupRuleId"),
                        values(response, "revokedSecurityGroupRuleSet.items.securityGroupRuleId"),
                        values(request, "ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRuleId"))
                .flatMap(List::stream)
                .toList());
    }

    private static Set<String> attributes(JsonNode request) {
        Set<String> parts = new TreeSet<>();
        ATTRIBUTES.forEach((attribute, changed) -> {
            if (request.has(attribute) || attribute.equals(Json.text(request, "attribute"))) {
                parts.addAll(changed);
            }
        });
        return parts;
    }

    private static Set<String> instances(CloudTrailRecord record) {
        String name = record.eventName();
        return new TreeSet<>(Stream.of(
                        values(record.request(), "instanceId"),
                        values(record.request(), name + "Request.InstanceId"),
                        values(record.response(), "instancesSet.items.instanceId"),
                        values(record.response(), "instanceId"),
                        values(record.response(), name + "Response.iamInstanceProfileAssociation.instanceId"),
                        values(record.response(), "iamInstanceProfileAssociation.instanceId"))
                .flatMap(List::stream)
                .toList());
    }

    private static List<String> values(JsonNode node, String path) {
        return Json.values(node, path);
    }

    private static Resource resource(CloudTrailRecord record, String type, String id) {
        return new Resource(type, id, record.region(), record.account());
    }
}
