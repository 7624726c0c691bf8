package dev.backstop.core.port;

import java.util.Optional;
import java.util.Set;

/** Inline policies of IAM roles. */
public interface RolePolicies {
    /** The policy's document as JSON, or empty when role or policy is not there. */
    Optional<String> get(String roleName, String policyName);

    /** The names of a role's inline policies; empty when the role is not there. */
    Set<String> names(String roleName);

    /** Creates or replaces. Fails when the role is not there. */
    void put(String roleName, String policyName, String document);

    /** Removes; one that is not there is success. */
    void delete(String roleName, String policyName);
}
