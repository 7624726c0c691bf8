package dev.backstop.core.memory;

import dev.backstop.core.port.InstanceProfiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Instance profiles in memory. */
public final class LocalInstanceProfiles implements InstanceProfiles {
    private final Map<String, Association> byInstance = new HashMap<>();
    private int made;

    @Override
    public synchronized Optional<Association> of(String instanceId) {
        return Optional.ofNullable(byInstance.get(instanceId));
    }

    @Override
    public synchronized void associate(String instanceId, String profileArn) {
        if (byInstance.containsKey(instanceId)) {
            throw new LocalAwsException("IncorrectState", instanceId + " has a profile");
        }
        byInstance.put(instanceId, new Association("iip-assoc-" + ++made, profileArn));
    }

    @Override
    public synchronized void replace(String associationId, String profileArn) {
        String instance = instanceOf(associationId);
        byInstance.put(instance, new Association("iip-assoc-" + ++made, profileArn));
    }

    @Override
    public synchronized void disassociate(String associationId) {
        byInstance.remove(instanceOf(associationId));
    }

    private String instanceOf(String associationId) {
        return byInstance.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(associationId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new LocalAwsException("NoSuchAssociation", associationId + " does not exist"));
    }
}
