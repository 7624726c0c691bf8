package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * EC2's older shape of security group rules, one protocol and port range with many peers; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html">IpPermission</a>.
 */
final class IpPermissions {
    /** Where peers stand, and under which name, in CloudTrail's spelling and in AWS Config's; the better one first. */
    private static final List<Map.Entry<String, String>> PEERS = List.of(
            Map.entry("ipv4Ranges", "cidrIp"),
            Map.entry("ipRanges", "cidrIp"),
            Map.entry("ipv6Ranges", "cidrIpv6"),
            Map.entry("prefixListIds", "prefixListId"),
            Map.entry("groups", "groupId"),
            Map.entry("userIdGroupPairs", "groupId"));

    private IpPermissions() {}

    /** The rules that a call names in its request, flat or as a list of permissions; ids are not known. */
    static List<GroupRule> requested(CloudTrailRecord record, String groupId) {
        JsonNode request = record.request();
        boolean egress = record.eventName().endsWith("Egress");
        List<GroupRule> rules = new ArrayList<>();
        String flat = Json.text(request, "cidrIp");
        if (flat != null) {
            rules.add(rule(request, groupId, egress, flat, null));
        }
        for (JsonNode permission : Json.items(request.path("ipPermissions").path("items"))) {
            rules.addAll(rules(permission, groupId, egress));
        }
        return List.copyOf(rules);
    }

    /** The rules of one permission. */
    static List<GroupRule> rules(JsonNode permission, String groupId, boolean egress) {
        List<GroupRule> rules = new ArrayList<>();
        for (Map.Entry<String, String> place : PEERS) {
            for (JsonNode item : items(permission.path(place.getKey()))) {
                String peer = item.isTextual() ? item.asText() : Json.text(item, place.getValue());
                if (peer != null) {
                    GroupRule rule = rule(permission, groupId, egress, peer, Json.text(item, "description"));
                    if (rules.stream().noneMatch(rule::allowsSameAs)) {
                        rules.add(rule);
                    }
                }
            }
        }
        return rules;
    }

    /** Rules as the value of the command line's {@code --ip-permissions}. */
    static String json(List<GroupRule> rules) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (GroupRule rule : rules) {
            ObjectNode permission = json.addObject();
            permission.put("IpProtocol", rule.protocol());
            if (!rule.protocol().equals("-1")) {
                permission.put("FromPort", rule.fromPort());
                permission.put("ToPort", rule.toPort());
            }
            ObjectNode peer =
                    switch (rule.kind()) {
                        case IPV4 -> permission.putArray("IpRanges").addObject().put("CidrIp", rule.peer());
                        case IPV6 ->
                            permission.putArray("Ipv6Ranges").addObject().put("CidrIpv6", rule.peer());
                        case PREFIX_LIST ->
                            permission.putArray("PrefixListIds").addObject().put("PrefixListId", rule.peer());
                        case GROUP ->
                            permission.putArray("UserIdGroupPairs").addObject().put("GroupId", rule.peer());
                    };
            if (rule.description() != null) {
                peer.put("Description", rule.description());
            }
        }
        return Json.write(json);
    }

    /** CloudTrail puts lists into {@code items}; Config does not. Texts may stand where objects could. */
    private static List<JsonNode> items(JsonNode list) {
        JsonNode items = list.has("items") ? list.path("items") : list;
        return Json.items(items);
    }

    private static GroupRule rule(
            JsonNode ports, String groupId, boolean egress, String peer, @Nullable String description) {
        return new GroupRule(
                "",
                groupId,
                egress,
                ports.path("ipProtocol").asText("-1"),
                ports.path("fromPort").asInt(-1),
                ports.path("toPort").asInt(-1),
                peer,
                description);
    }
}
