package dev.backstop.core.memory;

import dev.backstop.core.port.Instances;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** EC2 instances in memory; states settle at once. */
public final class LocalInstances implements Instances {
    private static final Map<Attribute, String> ATTRIBUTES = Map.of(
            Attribute.SOURCE_DEST_CHECK, "true",
            Attribute.TERMINATION_PROTECTION, "false",
            Attribute.STOP_PROTECTION, "false",
            Attribute.SHUTDOWN_BEHAVIOR, "stop");
    private static final Map<String, String> METADATA_OPTIONS = Map.of(
            "httpTokens", "required",
            "httpEndpoint", "enabled",
            "httpPutResponseHopLimit", "2",
            "httpProtocolIpv6", "disabled",
            "instanceMetadataTags", "disabled");

    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Map<Attribute, String>> attributes = new HashMap<>();
    private final Map<String, Map<String, String>> metadata = new HashMap<>();

    /** Adds an instance, or replaces the one of that id. */
    public synchronized void put(Instance instance) {
        instances.put(instance.id(), instance);
    }

    /** Terminates, as an agent would: a terminated instance stays to be seen. */
    public synchronized void terminate(String instanceId) {
        become(instanceId, "terminated");
    }

    /** All instances, terminated ones among them. */
    public synchronized Set<String> ids() {
        return Set.copyOf(instances.keySet());
    }

    @Override
    public synchronized List<Instance> describe(Set<String> instanceIds) {
        return instances.values().stream()
                .filter(instance -> instanceIds.contains(instance.id()))
                .toList();
    }

    @Override
    public synchronized void stop(Set<String> instanceIds) {
        instanceIds.forEach(this::alive);
        instanceIds.forEach(id -> become(id, "stopped"));
    }

    @Override
    public synchronized void start(Set<String> instanceIds) {
        instanceIds.forEach(this::alive);
        instanceIds.forEach(id -> become(id, "running"));
    }

    @Override
    public synchronized void changeType(String instanceId, String type) {
        Instance instance = alive(instanceId);
        if (!instance.state().equals("stopped")) {
            throw new LocalAwsException("IncorrectInstanceState", instanceId + " is " + instance.state());
        }
        put(new Instance(instanceId, type, instance.state(), instance.tags()));
    }

    @Override
    public synchronized void terminate(Set<String> instanceIds) {
        for (String id : instanceIds) {
            alive(id);
            if ("true".equals(attributes(id).get(Attribute.TERMINATION_PROTECTION))) {
                throw new LocalAwsException("OperationNotPermitted", id + " is protected from termination");
            }
        }
        instanceIds.forEach(id -> become(id, "terminated"));
    }

    @Override
    public synchronized Optional<String> attribute(String instanceId, Attribute attribute) {
        return instances.containsKey(instanceId)
                ? Optional.ofNullable(attributes(instanceId).get(attribute))
                : Optional.empty();
    }

    @Override
    public synchronized void setAttribute(String instanceId, Attribute attribute, String value) {
        alive(instanceId);
        attributes(instanceId).put(attribute, value);
    }

    @Override
    public synchronized Map<String, String> metadataOptions(String instanceId) {
        return instances.containsKey(instanceId) ? Map.copyOf(options(instanceId)) : Map.of();
    }

    @Override
    public synchronized void setMetadataOptions(String instanceId, Map<String, String> options) {
        alive(instanceId);
        options(instanceId).putAll(options);
    }

    private Map<Attribute, String> attributes(String id) {
        return attributes.computeIfAbsent(id, _ -> new EnumMap<>(ATTRIBUTES));
    }

    private Map<String, String> options(String id) {
        return metadata.computeIfAbsent(id, _ -> new HashMap<>(METADATA_OPTIONS));
    }

    private Instance alive(String id) {
        Instance instance = instances.get(id);
        if (instance == null) {
            throw new LocalAwsException("InvalidInstanceID.NotFound", id + " does not exist");
        }
        if (instance.state().equals("terminated")) {
            throw new LocalAwsException("IncorrectInstanceState", id + " is terminated");
        }
        return instance;
    }

    private void become(String id, String state) {
        Instance instance = alive(id);
        put(new Instance(id, instance.type(), state, instance.tags()));
    }
}
