package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.core.port.SecurityGroups.Group;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The inventory of a local AWS. */
public record LocalInventory(LocalAws aws, InstantSource clock) implements Inventory {
    @Override
    public void groups(Consumer<Seen> each) {
        groups(aws.securityGroups().ids(), each);
    }

    @Override
    public void groups(Set<String> ids, Consumer<Seen> each) {
        for (String id : ids) {
            aws.securityGroups().group(id).ifPresent(group -> each.accept(seen(id, group(group))));
        }
    }

    @Override
    public Set<String> groupsNamed(String name) {
        return aws.securityGroups().ids().stream()
                .filter(id -> aws.securityGroups()
                        .group(id)
                        .filter(group -> group.name().equals(name))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public void instances(Consumer<Seen> each) {
        instances(aws.instances().ids(), each);
    }

    @Override
    public void instances(Set<String> ids, Consumer<Seen> each) {
        for (Instance instance : aws.instances().describe(ids)) {
            if (!instance.state().equals("terminated")) {
                each.accept(seen(instance.id(), instance(instance)));
            }
        }
    }

    @Override
    public Optional<String> instanceWith(String interfaceId) {
        return aws.instances().ids().stream()
                .filter(id -> aws.networkInterfaces().of(id).stream()
                        .anyMatch(one -> one.id().equals(interfaceId)))
                .findFirst();
    }

    @Override
    public Optional<Capture> protection(String instanceId) {
        ObjectNode json = Json.object();
        for (Attribute attribute :
                List.of(Attribute.TERMINATION_PROTECTION, Attribute.STOP_PROTECTION, Attribute.SHUTDOWN_BEHAVIOR)) {
            aws.instances().attribute(instanceId, attribute).ifPresent(value -> json.put(attribute.apiName(), value));
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(new Capture(clock.instant(), clock.instant(), json));
    }

    private Seen seen(String id, ObjectNode configuration) {
        return new Seen(id, new Capture(clock.instant(), clock.instant(), configuration));
    }

    private ObjectNode group(Group group) {
        ObjectNode json = Json.object();
        json.put("groupName", group.name());
        json.put("description", group.description());
        json.put("vpcId", group.vpcId());
        var rules = json.putArray("securityGroupRules");
        aws.securityGroups().rules(group.id()).forEach(rule -> rules.add(rule.toJson()));
        return json;
    }

    private ObjectNode instance(Instance instance) {
        ObjectNode json = Json.object();
        json.put("instanceType", instance.type());
        ObjectNode metadata = json.putObject("metadataOptions");
        aws.instances().metadataOptions(instance.id()).forEach(metadata::put);
        aws.instances()
                .attribute(instance.id(), Attribute.SOURCE_DEST_CHECK)
                .ifPresent(on -> json.put("sourceDestCheck", Boolean.parseBoolean(on)));
        aws.instanceProfiles()
                .of(instance.id())
                .ifPresentOrElse(
                        profile -> json.putObject("iamInstanceProfile").put("arn", profile.profileArn()),
                        () -> json.putNull("iamInstanceProfile"));
        var interfaces = json.putArray("networkInterfaces");
        Set<String> groups = new TreeSet<>();
        for (NetworkInterface one : aws.networkInterfaces().of(instance.id())) {
            ObjectNode shown = interfaces.addObject();
            shown.put("networkInterfaceId", one.id());
            shown.put("sourceDestCheck", one.sourceDestCheck());
            var carried = shown.putArray("groups");
            new TreeSet<>(one.groups()).forEach(group -> carried.addObject().put("groupId", group));
            groups.addAll(one.groups());
        }
        var all = json.putArray("securityGroups");
        groups.forEach(group -> all.addObject().put("groupId", group));
        return json;
    }
}
