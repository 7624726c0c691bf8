package dev.backstop.core.memory;

import dev.backstop.core.port.NetworkInterfaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Network interfaces in memory. */
public final class LocalNetworkInterfaces implements NetworkInterfaces {
    private final Map<String, NetworkInterface> interfaces = new LinkedHashMap<>();
    private final Map<String, String> instances = new LinkedHashMap<>();

    /** Adds an interface to an instance, or replaces the one of that id. */
    public synchronized void attach(String instanceId, NetworkInterface added) {
        interfaces.put(added.id(), added);
        instances.put(added.id(), instanceId);
    }

    @Override
    public synchronized Optional<NetworkInterface> find(String interfaceId) {
        return Optional.ofNullable(interfaces.get(interfaceId));
    }

    @Override
    public synchronized List<NetworkInterface> of(String instanceId) {
        return interfaces.values().stream()
                .filter(one -> instanceId.equals(instances.get(one.id())))
                .toList();
    }

    @Override
    public synchronized void setGroups(String interfaceId, Set<String> groupIds) {
        if (groupIds.isEmpty()) {
            throw new LocalAwsException("InvalidParameterValue", "an interface needs a group");
        }
        NetworkInterface there = there(interfaceId);
        interfaces.put(
                interfaceId, new NetworkInterface(interfaceId, there.vpcId(), groupIds, there.sourceDestCheck()));
    }

    @Override
    public synchronized void setSourceDestCheck(String interfaceId, boolean on) {
        NetworkInterface there = there(interfaceId);
        interfaces.put(interfaceId, new NetworkInterface(interfaceId, there.vpcId(), there.groups(), on));
    }

    private NetworkInterface there(String interfaceId) {
        return find(interfaceId)
                .orElseThrow(() ->
                        new LocalAwsException("InvalidNetworkInterfaceID.NotFound", interfaceId + " does not exist"));
    }
}
