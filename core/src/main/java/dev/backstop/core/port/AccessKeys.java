package dev.backstop.core.port;

import java.util.Map;
import java.util.Optional;

/** Long-lived access keys of IAM users. */
public interface AccessKeys {
    /** A user's keys, and whether each is active; empty when the user is not there. */
    Map<String, Boolean> of(String userName);

    /** Whether a key is active; empty when user or key is not there. */
    Optional<Boolean> active(String userName, String accessKeyId);

    /** Makes a key useless, or useful again. Fails when user or key is not there. */
    void activate(String userName, String accessKeyId, boolean active);
}
