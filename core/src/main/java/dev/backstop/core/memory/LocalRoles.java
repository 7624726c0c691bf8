package dev.backstop.core.memory;

import dev.backstop.core.port.Roles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** IAM roles in memory. */
public final class LocalRoles implements Roles {
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, String> trusts = new HashMap<>();

    /** Creates a role that nobody may assume. */
    public synchronized void create(Role role) {
        roles.put(role.name(), role);
        trusts.put(role.name(), "{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    }

    /** Changes who may assume a role. */
    public synchronized void trust(String roleName, String document) {
        trusts.replace(roleName, document);
    }

    @Override
    public synchronized Optional<Role> named(String roleName) {
        return Optional.ofNullable(roles.get(roleName));
    }

    @Override
    public synchronized Optional<String> trust(String roleName) {
        return Optional.ofNullable(trusts.get(roleName));
    }

    @Override
    public synchronized List<Role> under(String pathPrefix) {
        return roles.values().stream()
                .filter(role -> role.arn().contains(":role" + pathPrefix))
                .toList();
    }
}
