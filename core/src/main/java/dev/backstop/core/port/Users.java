package dev.backstop.core.port;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** IAM users, what lets them in and what they may do; of a user that is not there everything is empty. */
public interface Users {
    /** The user's unique id, {@code AIDA…}: a later user of the same name has another. */
    Optional<String> id(String userName);

    /** When the password for the console was set first; empty when there is none. */
    Optional<Instant> passwordSince(String userName);

    /** Takes the password away; none is success. */
    void deletePassword(String userName);

    /** The names of the user's inline policies. */
    Set<String> policies(String userName);

    /** One inline policy as JSON. */
    Optional<String> policy(String userName, String policyName);

    /** Removes an inline policy; one that is not there is success. */
    void deletePolicy(String userName, String policyName);

    /** The names of the groups that the user is in. */
    Set<String> groups(String userName);

    /** Takes the user out of a group; one that it is not in is success. */
    void leave(String userName, String groupName);
}
