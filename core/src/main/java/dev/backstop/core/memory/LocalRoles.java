package dev.backstop.core.memory;

import dev.backstop.core.port.Roles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** IAM roles in memory. */
public final class LocalRoles implements Roles {
    private final Map<String, Role> roles = new LinkedHashMap<>();

    /** Creates a role. */
    public synchronized void create(Role role) {
        roles.put(role.name(), role);
    }

    @Override
    public synchronized Optional<Role> named(String roleName) {
        return Optional.ofNullable(roles.get(roleName));
    }

    @Override
    public synchronized List<Role> under(String pathPrefix) {
        return roles.values().stream()
                .filter(role -> role.arn().contains(":role" + pathPrefix))
                .toList();
    }
}
