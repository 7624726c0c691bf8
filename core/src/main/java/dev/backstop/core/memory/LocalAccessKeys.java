package dev.backstop.core.memory;

import dev.backstop.core.port.AccessKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Access keys in memory. */
public final class LocalAccessKeys implements AccessKeys {
    private final Map<String, Boolean> keys = new HashMap<>();

    /** Creates an active key. */
    public synchronized void create(String userName, String accessKeyId) {
        keys.put(userName + "/" + accessKeyId, true);
    }

    @Override
    public synchronized Map<String, Boolean> of(String userName) {
        return keys.entrySet().stream()
                .filter(key -> key.getKey().startsWith(userName + "/"))
                .collect(Collectors.toUnmodifiableMap(
                        key -> key.getKey().substring(userName.length() + 1), Map.Entry::getValue));
    }

    @Override
    public synchronized Optional<Boolean> active(String userName, String accessKeyId) {
        return Optional.ofNullable(keys.get(userName + "/" + accessKeyId));
    }

    @Override
    public synchronized void activate(String userName, String accessKeyId, boolean active) {
        if (keys.replace(userName + "/" + accessKeyId, active) == null) {
            throw new LocalAwsException("NoSuchEntity", "the key " + accessKeyId + " of " + userName + " is not there");
        }
    }
}
