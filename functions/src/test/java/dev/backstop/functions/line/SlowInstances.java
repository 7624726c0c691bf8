package dev.backstop.functions.line;

import dev.backstop.core.memory.LocalInstances;
import dev.backstop.core.port.Instances;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Instances that take their time to stop and to start, as EC2's do, and may be disturbed at each change. */
final class SlowInstances implements Instances {
    private final LocalInstances real;
    private final InstantSource clock;
    private Duration takes;
    private Instant due = Instant.MAX;
    private String end = "";
    /** Called before each change, and again after it, with what it is: {@code before stop}. */
    Consumer<String> disturbance = _ -> {};

    SlowInstances(LocalInstances real, InstantSource clock, Duration takes) {
        this.real = real;
        this.clock = clock;
        this.takes = takes;
    }

    void take(Duration duration) {
        takes = duration;
    }

    @Override
    public List<Instance> describe(Set<String> instanceIds) {
        if (!clock.instant().isBefore(due)) {
            instanceIds.forEach(id -> become(id, end));
            due = Instant.MAX;
        }
        return real.describe(instanceIds);
    }

    @Override
    public void stop(Set<String> instanceIds) {
        move("stop", instanceIds, "stopping", "stopped");
    }

    @Override
    public void start(Set<String> instanceIds) {
        if (describe(instanceIds).stream().anyMatch(instance -> instance.state().equals("stopping"))) {
            throw new IllegalStateException("IncorrectInstanceState: it is stopping");
        }
        move("start", instanceIds, "pending", "running");
    }

    @Override
    public void changeType(String instanceId, String type) {
        disturbance.accept("before modify");
        real.changeType(instanceId, type);
        disturbance.accept("after modify");
    }

    @Override
    public void terminate(Set<String> instanceIds) {
        real.terminate(instanceIds);
    }

    @Override
    public Optional<String> attribute(String instanceId, Attribute attribute) {
        return real.attribute(instanceId, attribute);
    }

    @Override
    public void setAttribute(String instanceId, Attribute attribute, String value) {
        real.setAttribute(instanceId, attribute, value);
    }

    @Override
    public Map<String, String> metadataOptions(String instanceId) {
        return real.metadataOptions(instanceId);
    }

    @Override
    public void setMetadataOptions(String instanceId, Map<String, String> options) {
        real.setMetadataOptions(instanceId, options);
    }

    private void move(String call, Set<String> ids, String at, String then) {
        disturbance.accept("before " + call);
        ids.forEach(id -> become(id, at));
        due = clock.instant().plus(takes);
        end = then;
        disturbance.accept("after " + call);
    }

    private void become(String id, String state) {
        real.describe(Set.of(id))
                .forEach(instance -> real.put(new Instance(id, instance.type(), state, instance.tags())));
    }
}
