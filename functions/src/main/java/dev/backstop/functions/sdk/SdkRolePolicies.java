package dev.backstop.functions.sdk;

import dev.backstop.core.port.RolePolicies;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Inline policies of roles in IAM. */
public record SdkRolePolicies(IamClient iam) implements RolePolicies {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("iam:GetRolePolicy", "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:DeleteRolePolicy");

    @Override
    public Optional<String> get(String roleName, String policyName) {
        try {
            return Optional.of(decoded(
                    iam.getRolePolicy(request -> request.roleName(roleName).policyName(policyName))
                            .policyDocument()));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    @Override
    public Set<String> names(String roleName) {
        try {
            return iam.listRolePoliciesPaginator(request -> request.roleName(roleName)).policyNames().stream()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (NoSuchEntityException _) {
            return Set.of();
        }
    }

    @Override
    public void put(String roleName, String policyName, String document) {
        try {
            iam.putRolePolicy(
                    request -> request.roleName(roleName).policyName(policyName).policyDocument(document));
        } catch (LimitExceededException e) {
            throw new QuotaExceededException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean delete(String roleName, String policyName) {
        try {
            iam.deleteRolePolicy(request -> request.roleName(roleName).policyName(policyName));
            return true;
        } catch (NoSuchEntityException _) {
            return false;
        }
    }

    /** IAM encodes documents as RFC 3986 says, where a plus is a plus; the decoder is one for forms. */
    static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
