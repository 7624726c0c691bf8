package dev.backstop.core.port;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** EC2 instances. */
public interface Instances {
    /** Those of the instances that exist, in no particular order. */
    List<Instance> describe(Set<String> instanceIds);

    /** Asks for a stop; returns at once. */
    void stop(Set<String> instanceIds);

    /** Asks for a start; returns at once. */
    void start(Set<String> instanceIds);

    /** Returns once the instances are running, which a stop needs; fails when that takes longer than a minute. */
    void awaitRunning(Set<String> instanceIds);

    /** Returns once the instance is stopped; fails when that takes longer than some minutes. */
    void awaitStopped(String instanceId);

    /** Changes the type of a stopped instance. */
    void changeType(String instanceId, String type);

    /**
     * One instance.
     *
     * @param state {@code pending}, {@code running}, {@code stopping}, {@code stopped}, {@code shutting-down} or
     *     {@code terminated}
     */
    record Instance(String id, String type, String state, Map<String, String> tags) {
        public Instance {
            tags = Map.copyOf(tags);
        }
    }
}
