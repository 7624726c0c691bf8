package dev.backstop.functions.sdk;

import dev.backstop.core.port.Users;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Users in IAM. */
public record SdkUsers(IamClient iam) implements Users {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "iam:GetUser",
            "iam:GetLoginProfile",
            "iam:DeleteLoginProfile",
            "iam:ListUserPolicies",
            "iam:GetUserPolicy",
            "iam:DeleteUserPolicy",
            "iam:ListGroupsForUser",
            "iam:RemoveUserFromGroup");

    @Override
    public Optional<String> id(String userName) {
        return found(
                () -> iam.getUser(request -> request.userName(userName)).user().userId());
    }

    @Override
    public Optional<Instant> passwordSince(String userName) {
        return found(() -> iam.getLoginProfile(request -> request.userName(userName))
                .loginProfile()
                .createDate());
    }

    @Override
    public void deletePassword(String userName) {
        found(() -> iam.deleteLoginProfile(request -> request.userName(userName)));
    }

    @Override
    public Set<String> policies(String userName) {
        return found(() -> iam.listUserPoliciesPaginator(request -> request.userName(userName)).policyNames().stream()
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    @Override
    public Optional<String> policy(String userName, String policyName) {
        return found(() -> SdkRolePolicies.decoded(
                iam.getUserPolicy(request -> request.userName(userName).policyName(policyName))
                        .policyDocument()));
    }

    @Override
    public void deletePolicy(String userName, String policyName) {
        found(() -> iam.deleteUserPolicy(request -> request.userName(userName).policyName(policyName)));
    }

    @Override
    public Set<String> groups(String userName) {
        return found(() -> iam.listGroupsForUserPaginator(request -> request.userName(userName)).groups().stream()
                        .map(Group::groupName)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    @Override
    public void leave(String userName, String groupName) {
        found(() ->
                iam.removeUserFromGroup(request -> request.userName(userName).groupName(groupName)));
    }

    private static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }
}
