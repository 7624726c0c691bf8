package dev.backstop.functions.line;

import dev.backstop.core.Cidr;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.port.SecurityGroups.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An agent and people at one security group, and what is to be of it in the end. It keeps the baseline that the guard
 * asks for prior state: the group without what the agent's findings made of it, captured whenever that changes.
 */
final class Tussle {
    static final String GROUP = "sg-1";
    private static final Resource RESOURCE =
            new Resource("AWS::EC2::SecurityGroup", GROUP, "us-east-1", Records.ACCOUNT);
    private static final List<String> WORLDS = List.of("0.0.0.0/0", "::/0", "128.0.0.0/1");

    final Stage stage = new Stage();
    final LocalAws aws = new LocalAws();
    final LocalHistory history = new LocalHistory();
    final List<String> story = new ArrayList<>();

    private final RandomGenerator random;
    /** The rules that are to be there, by id; those that people made or changed are never to be lost. */
    private final Map<String, GroupRule> wanted = new LinkedHashMap<>();

    private final Set<String> peoples = new HashSet<>();
    /** What the agent added for the world and people made their own: nobody touches that again. */
    private final Set<String> adopted = new HashSet<>();

    private int made;

    Tussle(RandomGenerator random) {
        this.random = random;
        aws.securityGroups().create(new Group(GROUP, "web", "of a test", "vpc-1"));
        for (int rule = random.nextInt(1, 5); rule > 0; rule--) {
            personAdds();
        }
    }

    /** A call of the agent; empty where it was harmless or there was nothing to do it to. */
    List<Detection> agent() {
        List<GroupRule> live =
                live().stream().filter(rule -> !adopted.contains(rule.ruleId())).toList();
        return switch (random.nextInt(live.isEmpty() ? 2 : 6)) {
            case 0 -> List.of(agentOpens());
            case 1 -> agentAddsSomethingHarmless();
            case 2 -> List.of(agentRevokes(live));
            case 3, 4 -> List.of(agentWidens(live));
            default -> List.of(agentDescribes(any(live)));
        };
    }

    /** A call of a person. */
    void person() {
        List<GroupRule> own =
                live().stream().filter(rule -> peoples.contains(rule.ruleId())).toList();
        List<GroupRule> opened = live().stream()
                .filter(rule -> !wanted.containsKey(rule.ruleId()) && Cidr.isWorld(rule.peer()))
                .toList();
        List<GroupRule> missing = wanted.values().stream()
                .filter(rule ->
                        peoples.contains(rule.ruleId()) && live().stream().noneMatch(rule::allowsSameAs))
                .toList();
        switch (random.nextInt(7)) {
            case 0 -> orAdd(own, this::personRemoves);
            case 1 -> orAdd(own, this::personChanges);
            case 2 -> orAdd(opened, this::personRemoves);
            case 3 -> orAdd(opened, this::personNarrows);
            case 4 -> orAdd(missing, this::personAddsAgain);
            case 5 -> orAdd(own.stream().filter(this::isAsWanted).toList(), this::personDescribes);
            default -> personAdds();
        }
        capture();
    }

    /** The guard's own writes are in the baseline at once: what it added since is what is to be there. */
    void guardWrote(List<GroupRule> before) {
        Set<String> ids = before.stream().map(GroupRule::ruleId).collect(Collectors.toSet());
        for (GroupRule rule : live()) {
            if (!ids.contains(rule.ruleId())) {
                wanted.values().stream()
                        .filter(lost -> lost.allowsSameAs(rule) && !isLive(lost))
                        .findFirst()
                        .ifPresent(lost -> {
                            wanted.remove(lost.ruleId());
                            if (peoples.remove(lost.ruleId())) {
                                peoples.add(rule.ruleId());
                            }
                        });
                wanted.put(rule.ruleId(), rule);
            }
        }
        // What people added again themselves they want once.
        wanted.values()
                .removeIf(rule -> !isLive(rule)
                        && wanted.values().stream().anyMatch(other -> isLive(other) && other.allowsSameAs(rule)));
        capture();
    }

    /** What is wrong with the group now; empty when all is well. */
    List<String> wrongs() {
        Stream<String> holes = live().stream()
                .filter(rule -> Cidr.isWorld(rule.peer()) && rule.fromPort() >= 10_000)
                .map(rule -> "the agent's " + rule.words() + " is left");
        Stream<String> losses = wanted.values().stream()
                .filter(rule -> peoples.contains(rule.ruleId()))
                .filter(rule -> live().stream()
                        .noneMatch(now -> now.allowsSameAs(rule)
                                && String.valueOf(now.description()).equals(String.valueOf(rule.description()))))
                .map(rule -> "people's " + rule + " is missing or altered");
        return Stream.concat(holes, losses).toList();
    }

    List<GroupRule> live() {
        return aws.securityGroups().rules(GROUP);
    }

    private Detection agentOpens() {
        boolean egress = random.nextInt(4) == 0;
        List<GroupRule> added = new ArrayList<>();
        for (int rule = random.nextInt(1, 3); rule > 0; rule--) {
            added.add(put(new GroupRule(id(), GROUP, egress, "tcp", port(), 65_535, any(WORLDS), null)));
        }
        String name = egress ? "AuthorizeSecurityGroupEgress" : "AuthorizeSecurityGroupIngress";
        return finding(
                name,
                "revoke-added-security-group-rules",
                "{\"groupId\":\"sg-1\"}",
                set("securityGroupRuleSet", added));
    }

    private List<Detection> agentAddsSomethingHarmless() {
        GroupRule rule = put(new GroupRule(id(), GROUP, false, "tcp", port(), 65_535, "10.0.0.0/16", null));
        wanted.put(rule.ruleId(), rule);
        told("agent adds " + rule);
        capture();
        return List.of();
    }

    private Detection agentRevokes(List<GroupRule> live) {
        GroupRule rule = any(live);
        remove(rule);
        String name = rule.egress() ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress";
        return finding(
                name,
                "restore-revoked-security-group-rules",
                "{\"groupId\":\"sg-1\"}",
                set("revokedSecurityGroupRuleSet", List.of(rule)));
    }

    private Detection agentWidens(List<GroupRule> live) {
        Set<GroupRule> changed = new LinkedHashSet<>(List.of(any(live), any(live)));
        List<String> updates = new ArrayList<>();
        for (GroupRule rule : changed) {
            GroupRule wide =
                    new GroupRule(rule.ruleId(), GROUP, rule.egress(), "tcp", port(), 65_535, "0.0.0.0/0", null);
            put(wide);
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

    private Detection agentDescribes(GroupRule rule) {
        String text = "agent-" + id();
        put(rule.describedAs(text));
        String range = rule.peer().contains(":")
                ? "\"ipv6Ranges\":{\"items\":[{\"cidrIpv6\":\"%s\",\"description\":\"%s\"}]}"
                : "\"ipRanges\":{\"items\":[{\"cidrIp\":\"%s\",\"description\":\"%s\"}]}";
        String request = """
                {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":%d,"toPort":%d,%s}]}}""".formatted(rule.fromPort(), rule.toPort(), range.formatted(rule.peer(), text));
        String name = "UpdateSecurityGroupRuleDescriptions" + (rule.egress() ? "Egress" : "Ingress");
        return finding(name, "restore-security-group-rule-descriptions", request, "{\"_return\":true}");
    }

    private void orAdd(List<GroupRule> candidates, Consumer<GroupRule> action) {
        if (candidates.isEmpty()) {
            personAdds();
        } else {
            action.accept(any(candidates));
        }
    }

    private void personAdds() {
        String peer = random.nextInt(3) == 0 ? any(WORLDS) : "198.51.100.0/24";
        boolean egress = random.nextInt(4) == 0;
        own(put(new GroupRule(id(), GROUP, egress, "tcp", ++made, made, peer, "people-" + made)), "adds");
    }

    /** From now on that is theirs, whatever becomes of the one that the agent changed. */
    private void personAddsAgain(GroupRule lost) {
        peoples.remove(lost.ruleId());
        if (!isLive(lost)) {
            wanted.remove(lost.ruleId());
        }
        own(put(lost.withId(id())), "adds again");
    }

    private void personChanges(GroupRule rule) {
        own(
                put(new GroupRule(
                        rule.ruleId(), GROUP, rule.egress(), "tcp", ++made, made, "203.0.113.0/24", "people-" + made)),
                "changes");
    }

    private void personDescribes(GroupRule rule) {
        GroupRule described = put(rule.describedAs("people-" + ++made));
        wanted.replaceAll((_, other) -> other.allowsSameAs(rule) ? other.describedAs(described.description()) : other);
        own(described, "describes");
    }

    private void personNarrows(GroupRule rule) {
        adopted.add(rule.ruleId());
        personChanges(rule);
    }

    private void personRemoves(GroupRule rule) {
        remove(rule);
        wanted.remove(rule.ruleId());
        peoples.remove(rule.ruleId());
        told("a person removes " + rule);
    }

    private void own(GroupRule rule, String what) {
        wanted.put(rule.ruleId(), rule);
        peoples.add(rule.ruleId());
        told("a person " + what + " " + rule);
        capture();
    }

    private GroupRule put(GroupRule rule) {
        aws.securityGroups().put(rule);
        return rule;
    }

    private void remove(GroupRule rule) {
        if (rule.egress()) {
            aws.securityGroups().revokeEgress(GROUP, Set.of(rule.ruleId()));
        } else {
            aws.securityGroups().revokeIngress(GROUP, Set.of(rule.ruleId()));
        }
    }

    private boolean isLive(GroupRule rule) {
        return live().stream().anyMatch(now -> now.ruleId().equals(rule.ruleId()));
    }

    private boolean isAsWanted(GroupRule rule) {
        GroupRule meant = wanted.get(rule.ruleId());
        return meant != null && meant.allowsSameAs(rule);
    }

    private void capture() {
        String rules = wanted.values().stream()
                .map(rule -> rule.toJson().toString())
                .toList()
                .toString();
        String state = "{\"groupName\":\"web\",\"vpcId\":\"vpc-1\",\"securityGroupRules\":" + rules + "}";
        history.capture(RESOURCE, new PriorState(Json.read(state), tick(), "baseline"));
    }

    private Detection finding(String name, String remediation, String request, String response) {
        String json =
                """
                {"eventID":"e-%d","eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(++made, tick(), name, Records.ACCOUNT, Records.agent("sess_a8f3b21c"), request, response);
        told("agent: e-" + made + " " + name + " " + request + " " + response);
        CloudTrailRecord record = CloudTrailRecord.of(Json.read(json), "test");
        return new Detection(Records.rule("rule", remediation, Response.ALERT, Response.REVERT), record);
    }

    private static String set(String name, List<GroupRule> rules) {
        String items =
                rules.stream().map(rule -> rule.toJson().toString()).toList().toString();
        return "{\"_return\":true,\"" + name + "\":{\"items\":" + items + "}}";
    }

    /** Nothing happens at the same instant. */
    private Instant tick() {
        stage.pass(Duration.ofSeconds(1));
        return stage.now;
    }

    private void told(String what) {
        story.add(stage.now + " " + what);
    }

    private String id() {
        return "sgr-" + ++made;
    }

    /** People use the ports below. */
    private int port() {
        return 10_000 + ++made;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
