package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Security group rules, by rule id; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html">SecurityGroupRule</a>.
 */
public interface SecurityGroups {
    /** All rules of a group, both directions; empty when the group is gone. */
    List<GroupRule> rules(String groupId);

    /** Removes ingress rules. Fails whole when one of the ids is gone. */
    void revokeIngress(String groupId, Set<String> ruleIds);

    /** Removes egress rules. Fails whole when one of the ids is gone. */
    void revokeEgress(String groupId, Set<String> ruleIds);

    /**
     * One rule of a group.
     *
     * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code -1} for all, or a number
     * @param fromPort first port, inclusive; -1 for all or where the protocol has none
     * @param toPort last port, inclusive; -1 like fromPort
     * @param peer who may connect: a CIDR block, a prefix list's or another group's id
     */
    record GroupRule(
            String ruleId,
            String groupId,
            boolean egress,
            String protocol,
            int fromPort,
            int toPort,
            String peer,
            @Nullable String description) {
        /** Reads an item of the {@code securityGroupRuleSet} that a CloudTrail record's response holds. */
        public static GroupRule of(JsonNode item) {
            String peer = Stream.of("cidrIpv4", "cidrIpv6", "prefixListId")
                    .map(field -> item.path(field).asText())
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElseGet(() ->
                            item.path("referencedGroupInfo").path("groupId").asText("unknown"));
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

        /** {@code tcp 443 from 0.0.0.0/0}. */
        public String words() {
            String ports = fromPort < 0 ? "all ports" : fromPort == toPort ? "" + fromPort : fromPort + "-" + toPort;
            String what = "-1".equals(protocol) ? "all traffic" : protocol + " " + ports;
            return what + (egress ? " to " : " from ") + peer;
        }
    }
}
