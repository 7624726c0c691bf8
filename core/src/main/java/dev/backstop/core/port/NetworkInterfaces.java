package dev.backstop.core.port;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Elastic network interfaces, which is where an instance's security groups are. */
public interface NetworkInterfaces {
    /** An interface; empty when it is gone. */
    Optional<NetworkInterface> find(String interfaceId);

    /** The interfaces of an instance, in no particular order; none when it is gone. */
    List<NetworkInterface> of(String instanceId);

    /** Replaces all groups of an interface. */
    void setGroups(String interfaceId, Set<String> groupIds);

    /** Turns the check that traffic is from or for the interface itself on or off. */
    void setSourceDestCheck(String interfaceId, boolean on);

    /** One interface. */
    record NetworkInterface(String id, String vpcId, Set<String> groups, boolean sourceDestCheck) {
        public NetworkInterface {
            groups = Set.copyOf(groups);
        }
    }
}
