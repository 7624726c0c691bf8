package dev.backstop.functions.sdk;

import dev.backstop.core.port.Roles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Roles in IAM. */
public record SdkRoles(IamClient iam) implements Roles {
    /** The IAM action that {@link #named} and {@link #trust} need. */
    public static final Set<String> ACTIONS = Set.of("iam:GetRole");

    @Override
    public Optional<Role> named(String roleName) {
        try {
            var role = iam.getRole(request -> request.roleName(roleName)).role();
            return Optional.of(new Role(role.arn(), role.roleId()));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> trust(String roleName) {
        try {
            var role = iam.getRole(request -> request.roleName(roleName)).role();
            return Optional.of(SdkRolePolicies.decoded(role.assumeRolePolicyDocument()));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    @Override
    public List<Role> under(String pathPrefix) {
        return iam.listRolesPaginator(request -> request.pathPrefix(pathPrefix)).roles().stream()
                .map(role -> new Role(role.arn(), role.roleId()))
                .toList();
    }
}
