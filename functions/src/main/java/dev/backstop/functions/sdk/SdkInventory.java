package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Inventory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The inventory over the SDK; a look lasts from before the page that shows a thing was asked for to after it came. */
public record SdkInventory(Ec2Client ec2, InstantSource clock) implements Inventory {
    /** The IAM actions that the methods need; none of them knows a resource. */
    public static final Set<String> ACTIONS = Set.of(
            "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups");

    /** The IAM actions that {@link #protection} needs. */
    public static final Set<String> INSTANCE_ACTIONS = Set.of("ec2:DescribeInstanceAttribute");

    /** As many values as a filter takes. */
    private static final int A_PAGE = 200;

    private static final Filter THERE =
            filter("instance-state-name", List.of("pending", "running", "shutting-down", "stopping", "stopped"));

    @Override
    public void groups(Consumer<Seen> each) {
        Instant from = clock.instant();
        for (var page : ec2.describeSecurityGroupsPaginator(request -> request.maxResults(A_PAGE))) {
            show(page.securityGroups(), from, each);
            from = clock.instant();
        }
    }

    @Override
    public void groups(Set<String> ids, Consumer<Seen> each) {
        for (List<String> some : pages(ids)) {
            Instant from = clock.instant();
            List<SecurityGroup> found = ec2.describeSecurityGroups(request -> request.filters(filter("group-id", some)))
                    .securityGroups();
            show(found, from, each);
        }
    }

    @Override
    public Set<String> groupsNamed(String name) {
        return ec2
                .describeSecurityGroupsPaginator(request -> request.filters(filter("group-name", List.of(name))))
                .securityGroups()
                .stream()
                .map(SecurityGroup::groupId)
                .collect(Collectors.toSet());
    }

    @Override
    public void instances(Consumer<Seen> each) {
        Instant from = clock.instant();
        for (var page :
                ec2.describeInstancesPaginator(request -> request.filters(THERE).maxResults(A_PAGE))) {
            Instant to = clock.instant();
            for (var reservation : page.reservations()) {
                show(reservation.instances(), from, to, each);
            }
            from = clock.instant();
        }
    }

    @Override
    public void instances(Set<String> ids, Consumer<Seen> each) {
        for (List<String> some : pages(ids)) {
            Instant from = clock.instant();
            var found = ec2
                    .describeInstancesPaginator(request -> request.filters(THERE, filter("instance-id", some)))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList();
            show(found, from, clock.instant(), each);
        }
    }

    @Override
    public Optional<String> instanceWith(String interfaceId) {
        return ec2
                .describeNetworkInterfaces(
                        request -> request.filters(filter("network-interface-id", List.of(interfaceId))))
                .networkInterfaces()
                .stream()
                .map(one -> one.attachment())
                .filter(Objects::nonNull)
                .map(NetworkInterfaceAttachment::instanceId)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public Optional<Capture> protection(String instanceId) {
        SdkInstances instances = new SdkInstances(ec2);
        Instant from = clock.instant();
        ObjectNode json = Json.object();
        for (Attribute attribute :
                List.of(Attribute.TERMINATION_PROTECTION, Attribute.STOP_PROTECTION, Attribute.SHUTDOWN_BEHAVIOR)) {
            Optional<String> value = instances.attribute(instanceId, attribute);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            json.put(attribute.apiName(), value.get());
        }
        return Optional.of(new Capture(from, clock.instant(), json));
    }

    /** The rules of a page's groups are asked for together: one call for so many groups, not one for each. */
    private void show(List<SecurityGroup> groups, Instant from, Consumer<Seen> each) {
        if (groups.isEmpty()) {
            return;
        }
        Map<String, ArrayNode> rules = new HashMap<>();
        List<String> ids = groups.stream().map(SecurityGroup::groupId).toList();
        ec2.describeSecurityGroupRulesPaginator(request -> request.filters(filter("group-id", ids))).stream()
                .flatMap(page -> page.securityGroupRules().stream())
                .map(RuleShapes::rule)
                .forEach(rule -> rules.computeIfAbsent(rule.groupId(), _ -> Json.MAPPER.createArrayNode())
                        .add(rule.toJson()));
        Instant to = clock.instant();
        for (SecurityGroup group : groups) {
            ObjectNode json = Json.object();
            json.put("groupName", group.groupName());
            json.put("description", group.description());
            json.put("vpcId", group.vpcId());
            json.set("securityGroupRules", sorted(rules.get(group.groupId())));
            each.accept(new Seen(group.groupId(), new Capture(from, to, json)));
        }
    }

    /** EC2 promises no order, and a look is to be equal to the one before when nothing has changed. */
    private static ArrayNode sorted(@Nullable ArrayNode rules) {
        ArrayNode sorted = Json.MAPPER.createArrayNode();
        if (rules != null) {
            Json.items(rules).stream()
                    .sorted(Comparator.comparing(
                            rule -> rule.path("securityGroupRuleId").asText()))
                    .forEach(sorted::add);
        }
        return sorted;
    }

    private static void show(
            List<software.amazon.awssdk.services.ec2.model.Instance> instances,
            Instant from,
            Instant to,
            Consumer<Seen> each) {
        for (var instance : instances) {
            each.accept(new Seen(instance.instanceId(), new Capture(from, to, InstanceShape.json(instance))));
        }
    }

    private static List<List<String>> pages(Set<String> ids) {
        return ids.stream().sorted().gather(Gatherers.windowFixed(A_PAGE)).toList();
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
