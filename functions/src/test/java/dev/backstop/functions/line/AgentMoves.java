package dev.backstop.functions.line;

import static dev.backstop.functions.line.ContestedGroup.ID;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent does to a group.
 *
 * @param group that it changes
 */
record AgentMoves(ContestedGroup group) {
    static final List<String> WORLDS = List.of("0.0.0.0/0", "::/0", "128.0.0.0/1");

    /** One call; empty where it is no finding. */
    Optional<Detection> move() {
        List<GroupRule> live = group.live().stream()
                .filter(rule -> !group.adopted.contains(rule.ruleId()))
                .toList();
        return switch (group.upTo(live.isEmpty() ? 2 : 6)) {
            case 0 -> Optional.of(opens());
            case 1 -> addsSomethingHarmless();
            case 2 -> Optional.of(revokes(group.any(live)));
            case 3, 4 -> Optional.of(widens(new LinkedHashSet<>(List.of(group.any(live), group.any(live)))));
            default -> Optional.of(describes(group.any(live)));
        };
    }

    private Detection opens() {
        boolean egress = group.oneIn(4);
        List<GroupRule> added = new ArrayList<>();
        for (int rule = 1 + group.upTo(2); rule > 0; rule--) {
            added.add(group.put(new GroupRule(
                    group.fresh("sgr-"), ID, egress, "tcp", group.agentsPort(), 65_535, group.any(WORLDS), null)));
        }
        String name = egress ? "AuthorizeSecurityGroupEgress" : "AuthorizeSecurityGroupIngress";
        return finding(
                name,
                "revoke-added-security-group-rules",
                "{\"groupId\":\"sg-1\"}",
                set("securityGroupRuleSet", added));
    }

    private Optional<Detection> addsSomethingHarmless() {
        GroupRule rule = group.put(
                new GroupRule(group.fresh("sgr-"), ID, false, "tcp", group.agentsPort(), 65_535, "10.0.0.0/16", null));
        group.wanted.put(rule.ruleId(), rule);
        group.told("agent adds " + rule);
        group.capture();
        return Optional.empty();
    }

    private Detection revokes(GroupRule rule) {
        group.remove(rule);
        String name = rule.egress() ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress";
        return finding(
                name,
                "restore-revoked-security-group-rules",
                "{\"groupId\":\"sg-1\"}",
                set("revokedSecurityGroupRuleSet", List.of(rule)));
    }

    private Detection widens(Set<GroupRule> changed) {
        List<String> updates = new ArrayList<>();
        for (GroupRule rule : changed) {
            GroupRule wide = new GroupRule(
                    rule.ruleId(), ID, rule.egress(), "tcp", group.agentsPort(), 65_535, "0.0.0.0/0", null);
            group.put(wide);
            updates.add("""
                    {"SecurityGroupRuleId":"%s","SecurityGroupRule":{"CidrIpv4":"0.0.0.0/0","FromPort":%d,"ToPort":65535,
                     "IpProtocol":"tcp"}}""".formatted(wide.ruleId(), wide.fromPort()));
        }
        String rules = updates.size() == 1 ? updates.getFirst() : updates.toString();
        return finding(
                "ModifySecurityGroupRules",
                "restore-modified-security-group-rules",
                "{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"sg-1\",\"SecurityGroupRule\":" + rules + "}}",
                "{}");
    }

    private Detection describes(GroupRule rule) {
        String text = group.fresh("agent-");
        group.put(rule.describedAs(text));
        String range = rule.peer().contains(":")
                ? "\"ipv6Ranges\":{\"items\":[{\"cidrIpv6\":\"%s\",\"description\":\"%s\"}]}"
                : "\"ipRanges\":{\"items\":[{\"cidrIp\":\"%s\",\"description\":\"%s\"}]}";
        String request = """
                {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":%d,"toPort":%d,%s}]}}""".formatted(rule.fromPort(), rule.toPort(), range.formatted(rule.peer(), text));
        String name = "UpdateSecurityGroupRuleDescriptions" + (rule.egress() ? "Egress" : "Ingress");
        return finding(name, "restore-security-group-rule-descriptions", request, "{\"_return\":true}");
    }

    private Detection finding(String name, String remediation, String request, String response) {
        String id = group.fresh("e-");
        String json = """
                {"eventID":"%s","eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(
                        id, group.tick(), name, Records.ACCOUNT, Records.agent("sess_a8f3b21c"), request, response);
        group.told("agent: " + id + " " + name + " " + request + " " + response);
        CloudTrailRecord record = CloudTrailRecord.of(Json.read(json), "test");
        return new Detection(Records.rule("rule", remediation, Response.ALERT, Response.REVERT), record);
    }

    private static String set(String name, List<GroupRule> rules) {
        String items =
                rules.stream().map(rule -> rule.toJson().toString()).toList().toString();
        return "{\"_return\":true,\"" + name + "\":{\"items\":" + items + "}}";
    }
}
