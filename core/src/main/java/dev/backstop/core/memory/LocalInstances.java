package dev.backstop.core.memory;

import dev.backstop.core.port.Instances;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** EC2 instances in memory; states settle at once. */
public final class LocalInstances implements Instances {
    private final Map<String, Instance> instances = new LinkedHashMap<>();

    /** Adds an instance, or replaces the one of that id. */
    public synchronized void put(Instance instance) {
        instances.put(instance.id(), instance);
    }

    /** Terminates, as an agent would: a terminated instance stays to be seen. */
    public synchronized void terminate(String instanceId) {
        become(instanceId, "terminated");
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
    public void awaitRunning(Set<String> instanceIds) {}

    @Override
    public void awaitStopped(String instanceId) {}

    @Override
    public synchronized void changeType(String instanceId, String type) {
        Instance instance = alive(instanceId);
        if (!instance.state().equals("stopped")) {
            throw new LocalAwsException("IncorrectInstanceState", instanceId + " is " + instance.state());
        }
        put(new Instance(instanceId, type, instance.state(), instance.tags()));
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
