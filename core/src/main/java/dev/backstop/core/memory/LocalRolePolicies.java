package dev.backstop.core.memory;

import dev.backstop.core.Json;
import dev.backstop.core.port.RolePolicies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** IAM roles and their inline policies in memory, with IAM's limit on their size, and their effect on callers. */
public final class LocalRolePolicies implements RolePolicies {
    /** See <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>. */
    private static final int QUOTA = 10_240;

    private final Map<String, Map<String, String>> roles = new TreeMap<>();

    /** Creates a role without policies. */
    public synchronized void createRole(String roleName) {
        roles.putIfAbsent(roleName, new TreeMap<>());
    }

    /** Whether some inline policy of the role denies this caller everything. */
    public synchronized boolean denies(String roleName, SessionContext caller) {
        return policies(roleName).values().stream().anyMatch(document -> DenyPolicy.denies(document, caller));
    }

    @Override
    public synchronized Optional<String> get(String roleName, String policyName) {
        return Optional.ofNullable(policies(roleName).get(policyName));
    }

    @Override
    public synchronized Set<String> names(String roleName) {
        return Set.copyOf(policies(roleName).keySet());
    }

    @Override
    public synchronized void put(String roleName, String policyName, String document) {
        Map<String, String> policies = roles.get(roleName);
        if (policies == null) {
            throw new LocalAwsException("NoSuchEntity", "the role " + roleName + " cannot be found");
        }
        String compact = Json.write(Json.read(document));
        int others = policies.entrySet().stream()
                .filter(policy -> !policy.getKey().equals(policyName))
                .mapToInt(policy -> policy.getValue().length())
                .sum();
        if (others + compact.length() > QUOTA) {
            throw new LocalAwsException("LimitExceeded", "maximum policy size of " + QUOTA + " for role " + roleName);
        }
        policies.put(policyName, compact);
    }

    @Override
    public synchronized void delete(String roleName, String policyName) {
        Map<String, String> policies = roles.get(roleName);
        if (policies != null) {
            policies.remove(policyName);
        }
    }

    private Map<String, String> policies(String roleName) {
        return roles.getOrDefault(roleName, Map.of());
    }
}
