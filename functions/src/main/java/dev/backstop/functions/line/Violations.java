package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Cidr;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.Step;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.CallHistory;
import dev.backstop.core.port.Inventory;
import dev.backstop.remediations.Remediations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What still breaks one of AWS's own Config rules when it is read afresh, with whoever is known to have done it. A group or
 * an instance of which no state is approved is for a person: the finding says the command.
 */
final class Violations {
    /** How old a call may be that broke a rule: AWS Config looks at some of them once a day. */
    static final Duration FOUND_WITHIN = Duration.ofDays(2);

    private final Baselines baselines;
    private final Inventory inventory;
    private final StoppedTrails trails;
    private final OpenBuckets buckets;
    private final PublicDatabases databases;
    private final AgentSelector agents;
    private final InstantSource clock;

    Violations(
            Function<String, Aws> regions,
            Baselines baselines,
            Inventory inventory,
            CallHistory calls,
            AgentSelector agents,
            InstantSource clock) {
        this.baselines = baselines;
        this.inventory = inventory;
        this.agents = agents;
        this.clock = clock;
        this.trails = new StoppedTrails(regions, calls, clock);
        LastCall last = new LastCall(calls, agents, clock);
        this.buckets = new OpenBuckets(regions, last);
        this.databases = new PublicDatabases(regions, last);
    }

    /**
     * The finding; none where the resource keeps to the rule again, or is gone.
     *
     * @param detail of the event by which AWS Config says so
     * @param allowed {@code instanceTypes} and {@code tcpPorts}, as the rules of AWS Config were given them
     */
    Optional<Detection> of(String configRule, Resource resource, JsonNode detail, JsonNode allowed) {
        Violation broken = Violation.of(configRule, resource, detail);
        String id = broken.id();
        Rule rule = broken.rule();
        return switch (configRule.replaceFirst("^backstop-", "")) {
            case "trail-enabled" -> trails.of(rule, resource, id);
            case "bucket-public-read", "bucket-public-write" -> buckets.of(broken);
            case "database-public" -> databases.of(broken);
            case "open-ports" -> inventory.look(resource).flatMap(look -> ports(rule, resource, id, look, allowed));
            case "desired-instance-type" ->
                inventory.look(resource).flatMap(look -> type(rule, resource, id, look, allowed));
            case "metadata-v2" -> inventory.look(resource).flatMap(look -> metadata(rule, resource, id, look));
            default -> Optional.of(new Detection(rule, record(id, resource, Json.object())));
        };
    }

    private Optional<Detection> ports(Rule rule, Resource group, String id, Capture look, JsonNode allowed) {
        Set<String> ports = Set.copyOf(Json.values(allowed, "tcpPorts"));
        List<GroupRule> open = Json.items(look.configuration().path("securityGroupRules")).stream()
                .map(GroupRule::of)
                .filter(one -> !one.egress() && Cidr.isWorld(one.peer()) && !isAllowed(one, ports))
                .toList();
        ObjectNode call = DriftRecords.call(
                "ec2.amazonaws.com",
                "AuthorizeSecurityGroupIngress",
                Json.object().put("groupId", group.id()));
        var items = call.putObject("responseElements")
                .putObject("securityGroupRuleSet")
                .putArray("items");
        open.forEach(one -> items.add(one.toJson()));
        Set<String> parts = open.stream().map(GroupRule::ruleId).collect(Collectors.toSet());
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(forPeople(rule, group, id, parts, "revoke-added-security-group-rules", call));
    }

    private static boolean isAllowed(GroupRule rule, Set<String> ports) {
        return rule.protocol().equals("tcp")
                && rule.fromPort() == rule.toPort()
                && ports.contains(String.valueOf(rule.fromPort()));
    }

    private Optional<Detection> type(Rule rule, Resource instance, String id, Capture look, JsonNode allowed) {
        String type = look.configuration().path("instanceType").asText();
        if (Json.values(allowed, "instanceTypes").contains(type)) {
            return Optional.empty();
        }
        ObjectNode request = Json.object().put("instanceId", instance.id());
        request.putObject("instanceType").put("value", type);
        ObjectNode call = DriftRecords.call("ec2.amazonaws.com", "ModifyInstanceAttribute", request);
        return Optional.of(forPeople(rule, instance, id, Set.of("instanceType"), "restore-instance-type", call));
    }

    private Optional<Detection> metadata(Rule rule, Resource instance, String id, Capture look) {
        String tokens =
                look.configuration().path("metadataOptions").path("httpTokens").asText();
        if (tokens.equals("required")) {
            return Optional.empty();
        }
        ObjectNode request = Json.object();
        request.putObject("ModifyInstanceMetadataOptionsRequest")
                .put("InstanceId", instance.id())
                .put("HttpTokens", tokens);
        ObjectNode call = DriftRecords.call("ec2.amazonaws.com", "ModifyInstanceMetadataOptions", request);
        return Optional.of(
                forPeople(rule, instance, id, Set.of("metadataOptions"), "restore-instance-metadata-options", call));
    }

    /** Nobody has said how it is to be, so it is told with what would undo the last change of it, and left. */
    private Detection forPeople(
            Rule rule, Resource resource, String id, Set<String> parts, String remediation, ObjectNode call) {
        Baseline known = baselines.of(resource, clock.instant());
        LastChange by = LastChange.of(known, parts);
        Map<Resource, PriorState> prior = by.change()
                .filter(_ -> by.certain())
                .flatMap(change -> known.before(change.at(), change.eventId()))
                .map(state -> Map.of(resource, state))
                .orElse(Map.of());
        CloudTrailRecord made = DriftRecords.of(id, clock.instant(), resource, by.caller(), call);
        Finding finding = new Finding(rule, made, agents.session(made));
        String remedy =
                switch (Remediations.named(remediation).orElseThrow().plan(finding, prior)) {
                    case Plan.Steps(List<Step<?>> steps) ->
                        "if it is not to be so, run: "
                                + steps.stream().map(Step::command).collect(Collectors.joining("; "));
                    case Plan.Refused(String why) -> why;
                };
        Rule told = by.said(rule)
                .because("No state of it is approved, so it is left as it is: " + remedy
                        + ". If it is to be so: ./backstop" + " baseline approve " + resource.id());
        return new Detection(told, record(id, resource, by.caller()));
    }

    private CloudTrailRecord record(String id, Resource resource, ObjectNode caller) {
        return DriftRecords.drift(id, clock.instant(), resource, caller, List.of(), List.of());
    }
}
