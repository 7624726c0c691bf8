package dev.backstop.core.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** EC2 instances. */
public interface Instances {
    /** Those of the instances that exist, in no particular order. */
    List<Instance> describe(Set<String> instanceIds);

    /** Asks for a stop; returns at once. */
    void stop(Set<String> instanceIds);

    /** Asks for a start; returns at once. */
    void start(Set<String> instanceIds);

    /** Changes the type of a stopped instance. */
    void changeType(String instanceId, String type);

    /** Asks for termination; returns at once. */
    void terminate(Set<String> instanceIds);

    /** The value of an attribute, {@code true} and {@code false} among them; empty when the instance is gone. */
    Optional<String> attribute(String instanceId, Attribute attribute);

    /** Sets an attribute, of a running instance too. */
    void setAttribute(String instanceId, Attribute attribute, String value);

    /**
     * The options of the metadata service, by their names in the API: {@code httpTokens}, {@code httpEndpoint}, {@code
     * httpPutResponseHopLimit}, {@code httpProtocolIpv6}, {@code instanceMetadataTags}. Empty when the instance is gone.
     */
    Map<String, String> metadataOptions(String instanceId);

    /** Sets some of the options of {@link #metadataOptions}; the others stay as they are. */
    void setMetadataOptions(String instanceId, Map<String, String> options);

    /** The attributes that can be changed while an instance runs. */
    enum Attribute {
        SOURCE_DEST_CHECK("sourceDestCheck"),
        TERMINATION_PROTECTION("disableApiTermination"),
        STOP_PROTECTION("disableApiStop"),
        SHUTDOWN_BEHAVIOR("instanceInitiatedShutdownBehavior");

        private final String apiName;

        Attribute(String apiName) {
            this.apiName = apiName;
        }

        /** What EC2's API, CloudTrail and AWS Config call it. */
        public String apiName() {
            return apiName;
        }
    }

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
