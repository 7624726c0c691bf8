package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a security group; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html">SecurityGroupRule</a>.
 *
 * @param ruleId empty where it is not known, or a rule that is yet to be added
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code -1} for all, or a number
 * @param fromPort first port, inclusive; -1 for all or where the protocol has none
 * @param toPort last port, inclusive; -1 like fromPort
 * @param peer who may connect: a CIDR block, a prefix list's or another group's id
 * @param description null where there is none
 */
public record GroupRule(
        String ruleId,
        String groupId,
        boolean egress,
        String protocol,
        int fromPort,
        int toPort,
        String peer,
        @Nullable String description) {

    public GroupRule {
        protocol = named(protocol);
        fromPort = protocol.equals("-1") ? -1 : fromPort;
        toPort = protocol.equals("-1") ? -1 : toPort;
        description = description == null || description.isEmpty() ? null : description;
    }

    /** Reads an item as CloudTrail's responses hold them, and as {@link #toJson} writes them. */
    public static GroupRule of(JsonNode item) {
        String peer = Stream.of("cidrIpv4", "cidrIpv6", "prefixListId", "referencedGroupId")
                .map(field -> item.path(field).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(
                        () -> item.path("referencedGroupInfo").path("groupId").asText("unknown"));
        return new GroupRule(
                item.path("securityGroupRuleId").asText(),
                item.path("groupId").asText(),
                item.path("isEgress").asBoolean(),
                item.path("ipProtocol").asText(),
                item.path("fromPort").asInt(-1),
                item.path("toPort").asInt(-1),
                peer,
                Json.text(item, "description"));
    }

    /** The rule as EC2 describes it, in CloudTrail's spelling. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("securityGroupRuleId", ruleId);
        json.put("groupId", groupId);
        json.put("isEgress", egress);
        json.put("ipProtocol", protocol);
        json.put("fromPort", fromPort);
        json.put("toPort", toPort);
        switch (kind()) {
            case IPV4 -> json.put("cidrIpv4", peer);
            case IPV6 -> json.put("cidrIpv6", peer);
            case PREFIX_LIST -> json.put("prefixListId", peer);
            case GROUP -> json.putObject("referencedGroupInfo").put("groupId", peer);
        }
        if (description != null) {
            json.put("description", description);
        }
        return json;
    }

    /** What a peer is. */
    public enum Kind {
        IPV4,
        IPV6,
        PREFIX_LIST,
        GROUP
    }

    public Kind kind() {
        if (peer.startsWith("pl-")) {
            return Kind.PREFIX_LIST;
        }
        return peer.contains(":") ? Kind.IPV6 : peer.contains("/") ? Kind.IPV4 : Kind.GROUP;
    }

    /** Whether both allow the same; a group never has two such rules. Ids and descriptions do not count. */
    public boolean allowsSameAs(GroupRule other) {
        return egress == other.egress
                && protocol.equals(other.protocol)
                && fromPort == other.fromPort
                && toPort == other.toPort
                && Cidr.same(peer, other.peer);
    }

    /** The same rule under another id. */
    public GroupRule withId(String id) {
        return new GroupRule(id, groupId, egress, protocol, fromPort, toPort, peer, description);
    }

    /** The same rule with another description. */
    public GroupRule describedAs(@Nullable String text) {
        return new GroupRule(ruleId, groupId, egress, protocol, fromPort, toPort, peer, text);
    }

    /** {@code tcp 443 from 0.0.0.0/0}. */
    public String words() {
        String ports = fromPort < 0 ? "all ports" : fromPort == toPort ? "" + fromPort : fromPort + "-" + toPort;
        String what = protocol.equals("-1") ? "all traffic" : protocol + " " + ports;
        return what + (egress ? " to " : " from ") + peer;
    }

    /** EC2 shows the usual protocols by name, whatever the call said. */
    private static String named(String protocol) {
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "6" -> "tcp";
            case "17" -> "udp";
            case "1" -> "icmp";
            case "58" -> "icmpv6";
            case "all" -> "-1";
            case String other -> other;
        };
    }
}
