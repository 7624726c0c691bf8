package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.RolePolicies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** IAM roles and their inline policies in memory, with IAM's checks and its limit on their size, and their effect. */
public final class LocalRolePolicies implements RolePolicies {
    /** See <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html">PutRolePolicy</a>. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,128}");

    private static final Pattern DOCUMENT = Pattern.compile("[\\t\\n\\r\\x20-\\xff]+");

    private final Map<String, Map<String, Policy>> roles = new TreeMap<>();

    /** Creates a role without policies. */
    public synchronized void createRole(String roleName) {
        roles.putIfAbsent(roleName, new TreeMap<>());
    }

    /** Deletes a role and its policies, as its owner would. */
    public synchronized void deleteRole(String roleName) {
        roles.remove(roleName);
    }

    /** Whether some inline policy of the role denies this caller everything. */
    public synchronized boolean denies(String roleName, SessionContext caller) {
        return policies(roleName).values().stream().anyMatch(policy -> DenyPolicy.denies(policy.parsed, caller));
    }

    /** What the role's inline policies take of {@link #QUOTA}. */
    public synchronized int used(String roleName) {
        return policies(roleName).values().stream().mapToInt(Policy::size).sum();
    }

    @Override
    public synchronized Optional<String> get(String roleName, String policyName) {
        return Optional.ofNullable(policies(roleName).get(policyName)).map(Policy::document);
    }

    @Override
    public synchronized Set<String> names(String roleName) {
        return Set.copyOf(policies(roleName).keySet());
    }

    @Override
    public synchronized void put(String roleName, String policyName, String document) {
        if (!NAME.matcher(policyName).matches() || !DOCUMENT.matcher(document).matches()) {
            throw new LocalAwsException("ValidationError", "policy " + policyName + ": " + document);
        }
        Map<String, Policy> policies = roles.get(roleName);
        if (policies == null) {
            throw new LocalAwsException("NoSuchEntity", "the role " + roleName + " cannot be found");
        }
        Policy policy = new Policy(document, parsed(document), RolePolicies.size(document));
        Policy replaced = policies.get(policyName);
        int others = used(roleName) - (replaced == null ? 0 : replaced.size);
        if (others + policy.size > QUOTA) {
            throw new QuotaExceededException(
                    "maximum policy size of " + QUOTA + " bytes exceeded for role " + roleName);
        }
        policies.put(policyName, policy);
    }

    @Override
    public synchronized boolean delete(String roleName, String policyName) {
        Map<String, Policy> policies = roles.get(roleName);
        return policies != null && policies.remove(policyName) != null;
    }

    private Map<String, Policy> policies(String roleName) {
        return roles.getOrDefault(roleName, Map.of());
    }

    private static JsonNode parsed(String document) {
        try {
            JsonNode policy = Json.read(document);
            if (!Json.items(policy.path("Statement")).isEmpty()) {
                return policy;
            }
        } catch (IllegalArgumentException e) {
            throw new LocalAwsException("MalformedPolicyDocument", String.valueOf(e.getMessage()));
        }
        throw new LocalAwsException("MalformedPolicyDocument", "no statement in " + document);
    }

    private record Policy(String document, JsonNode parsed, int size) {}
}
