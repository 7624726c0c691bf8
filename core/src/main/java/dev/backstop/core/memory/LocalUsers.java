package dev.backstop.core.memory;

import dev.backstop.core.port.Users;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** IAM users in memory. */
public final class LocalUsers implements Users {
    private final Map<String, User> users = new HashMap<>();

    /** Creates a user that can do nothing. */
    public synchronized void create(String userName, String id) {
        users.put(userName, new User(id));
    }

    /** Deletes, as its owner would. */
    public synchronized void delete(String userName) {
        users.remove(userName);
    }

    /** Sets a password for the console. */
    public synchronized void setPassword(String userName, Instant at) {
        there(userName).password = Optional.of(at);
    }

    /** Sets an inline policy. */
    public synchronized void putPolicy(String userName, String policyName, String document) {
        there(userName).policies.put(policyName, document);
    }

    /** Puts the user into a group. */
    public synchronized void join(String userName, String groupName) {
        there(userName).groups.add(groupName);
    }

    @Override
    public synchronized Optional<String> id(String userName) {
        return found(userName).map(user -> user.id);
    }

    @Override
    public synchronized Optional<Instant> passwordSince(String userName) {
        return found(userName).flatMap(user -> user.password);
    }

    @Override
    public synchronized void deletePassword(String userName) {
        found(userName).ifPresent(user -> user.password = Optional.empty());
    }

    @Override
    public synchronized Set<String> policies(String userName) {
        return found(userName).map(user -> Set.copyOf(user.policies.keySet())).orElse(Set.of());
    }

    @Override
    public synchronized Optional<String> policy(String userName, String policyName) {
        return found(userName).map(user -> user.policies.get(policyName));
    }

    @Override
    public synchronized void deletePolicy(String userName, String policyName) {
        found(userName).ifPresent(user -> user.policies.remove(policyName));
    }

    @Override
    public synchronized Set<String> groups(String userName) {
        return found(userName).map(user -> Set.copyOf(user.groups)).orElse(Set.of());
    }

    @Override
    public synchronized void leave(String userName, String groupName) {
        found(userName).ifPresent(user -> user.groups.remove(groupName));
    }

    private Optional<User> found(String userName) {
        return Optional.ofNullable(users.get(userName));
    }

    private User there(String userName) {
        return found(userName)
                .orElseThrow(() -> new LocalAwsException("NoSuchEntity", "the user " + userName + " cannot be found"));
    }

    private static final class User {
        private final String id;
        private final Map<String, String> policies = new TreeMap<>();
        private final Set<String> groups = new TreeSet<>();
        private Optional<Instant> password = Optional.empty();

        User(String id) {
            this.id = id;
        }
    }
}
