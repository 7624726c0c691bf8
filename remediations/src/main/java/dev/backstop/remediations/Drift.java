package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * In what a security group or an instance differs from its approved state: for people a sentence each, and for whoever undoes
 * it the calls that would have made it so, in CloudTrail's shape. Both states may be in AWS Config's shape or in our own.
 *
 * @param parts what differs, as a {@link dev.backstop.core.baseline.Change} names it: ids of rules, or attributes
 */
public record Drift(List<String> differences, List<ObjectNode> calls, Set<String> parts) {
    private static final List<String> METADATA = List.of(
            "httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "httpProtocolIpv6", "instanceMetadataTags");

    public Drift {
        differences = List.copyOf(differences);
        calls = List.copyOf(calls);
        parts = Set.copyOf(parts);
    }

    public boolean isNone() {
        return differences.isEmpty();
    }

    /** Compares what both states say; what one of them leaves out is no difference. */
    public static Drift between(Resource resource, JsonNode approved, JsonNode live) {
        Found found = new Found();
        if (resource.type().equals("AWS::EC2::SecurityGroup")) {
            found.group(
                    resource.id(), FormerGroup.rules(approved, resource.id()), FormerGroup.rules(live, resource.id()));
        } else {
            found.type(resource.id(), approved, live);
            found.groups(approved, live);
            found.metadata(resource.id(), approved.path("metadataOptions"), live.path("metadataOptions"));
        }
        return new Drift(found.differences, found.calls, found.parts);
    }

    private static final class Found {
        private final List<String> differences = new ArrayList<>();
        private final List<ObjectNode> calls = new ArrayList<>();
        private final Set<String> parts = new HashSet<>();

        /** A rule that was put back has another id, and is as good; descriptions let nobody in. */
        void group(String groupId, List<GroupRule> approved, List<GroupRule> live) {
            List<GroupRule> changed = new ArrayList<>();
            for (GroupRule rule : live) {
                if (approved.stream().anyMatch(rule::allowsSameAs)) {
                    continue;
                }
                parts.add(rule.ruleId());
                Optional<GroupRule> was = approved.stream()
                        .filter(one -> !one.ruleId().isEmpty() && one.ruleId().equals(rule.ruleId()))
                        .findFirst();
                if (was.isPresent()) {
                    changed.add(rule);
                    differences.add(rule.words() + " instead of " + was.get().words());
                    modified(groupId, rule);
                } else {
                    differences.add(rule.words() + " is not approved");
                    set(groupId, rule, "AuthorizeSecurityGroup", "securityGroupRuleSet");
                }
            }
            for (GroupRule rule : approved) {
                boolean there = live.stream().anyMatch(rule::allowsSameAs)
                        || changed.stream().anyMatch(one -> one.ruleId().equals(rule.ruleId()));
                if (!there) {
                    parts.add(rule.ruleId());
                    differences.add(rule.words() + " is missing");
                    set(groupId, rule, "RevokeSecurityGroup", "revokedSecurityGroupRuleSet");
                }
            }
        }

        void type(String instanceId, JsonNode approved, JsonNode live) {
            String was = Json.text(approved, "instanceType");
            String is = Json.text(live, "instanceType");
            if (was != null && is != null && !was.equals(is)) {
                parts.add("instanceType");
                differences.add("type " + is + " instead of " + was);
                ObjectNode request = call("ModifyInstanceAttribute").putObject("requestParameters");
                request.put("instanceId", instanceId).putObject("instanceType").put("value", is);
            }
        }

        /** By interface, since an instance may have several; one that was not there when people approved is not compared. */
        void groups(JsonNode approved, JsonNode live) {
            for (JsonNode one : Json.items(live.path("networkInterfaces"))) {
                String id = one.path("networkInterfaceId").asText();
                for (JsonNode former : Json.items(approved.path("networkInterfaces"))) {
                    Set<String> was = groupIds(former);
                    Set<String> is = groupIds(one);
                    if (id.equals(former.path("networkInterfaceId").asText()) && !was.equals(is)) {
                        parts.add("networkInterfaces");
                        differences.add(id + " in " + String.join(", ", is) + " instead of " + String.join(", ", was));
                        ObjectNode request =
                                call("ModifyNetworkInterfaceAttribute").putObject("requestParameters");
                        request.put("networkInterfaceId", id);
                        ArrayNode items = request.putObject("groupSet").putArray("items");
                        is.forEach(group -> items.addObject().put("groupId", group));
                    }
                }
            }
        }

        void metadata(String instanceId, JsonNode approved, JsonNode live) {
            ObjectNode changed = Json.object();
            for (String option : METADATA) {
                String was = Json.text(approved, option);
                String is = Json.text(live, option);
                if (was != null && is != null && !was.equals(is)) {
                    differences.add(option + " " + is + " instead of " + was);
                    changed.put(Character.toUpperCase(option.charAt(0)) + option.substring(1), is);
                }
            }
            if (!changed.isEmpty()) {
                parts.add("metadataOptions");
                changed.put("InstanceId", instanceId);
                call("ModifyInstanceMetadataOptions")
                        .putObject("requestParameters")
                        .set("ModifyInstanceMetadataOptionsRequest", changed);
            }
        }

        private void modified(String groupId, GroupRule rule) {
            ObjectNode value = Json.object();
            rule.toJson().properties().forEach(field -> {
                String name = field.getKey();
                value.set(Character.toUpperCase(name.charAt(0)) + name.substring(1), field.getValue());
            });
            ObjectNode request = call("ModifySecurityGroupRules")
                    .putObject("requestParameters")
                    .putObject("ModifySecurityGroupRulesRequest");
            request.put("GroupId", groupId)
                    .putObject("SecurityGroupRule")
                    .put("SecurityGroupRuleId", rule.ruleId())
                    .set("SecurityGroupRule", value);
        }

        private void set(String groupId, GroupRule rule, String name, String set) {
            ObjectNode call = call(name + (rule.egress() ? "Egress" : "Ingress"));
            call.putObject("requestParameters").put("groupId", groupId);
            call.putObject("responseElements").putObject(set).putArray("items").add(rule.toJson());
        }

        private ObjectNode call(String name) {
            ObjectNode call = Json.object().put("eventName", name);
            calls.add(call);
            return call;
        }

        private static Set<String> groupIds(JsonNode networkInterface) {
            return new TreeSet<>(Json.values(networkInterface, "groups.groupId"));
        }
    }
}
