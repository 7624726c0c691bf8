package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policies of a role or user as AWS Config records them. */
final class RecordedPolicies {
    private final JsonNode configuration;

    RecordedPolicies(PriorState before) {
        this.configuration = before.configuration();
    }

    /** Whether a managed policy was attached. */
    boolean attached(String policyArn) {
        return Json.values(configuration, "attachedManagedPolicies.policyArn").contains(policyArn);
    }

    /** An inline policy; empty where there was none. */
    Optional<PolicyDocument> inline(String policyName) {
        return List.of("rolePolicyList", "userPolicyList").stream()
                .flatMap(list -> Json.items(configuration.path(list)).stream())
                .filter(policy -> policyName.equals(Json.text(policy, "policyName")))
                .flatMap(policy ->
                        PolicyDocument.read(policy.path("policyDocument").asText()).stream())
                .findFirst();
    }

    /** Who may assume the role. */
    Optional<PolicyDocument> trust() {
        return PolicyDocument.read(
                configuration.path("assumeRolePolicyDocument").asText());
    }

    /** The ARN of the permissions boundary, or null where there was none. */
    @Nullable
    String boundary() {
        return Json.text(configuration.path("permissionsBoundary"), "permissionsBoundaryArn");
    }
}
