package dev.backstop.functions.sdk;

import dev.backstop.core.port.AccessKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Access keys of users in IAM. */
public record SdkAccessKeys(IamClient iam) implements AccessKeys {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("iam:ListAccessKeys", "iam:UpdateAccessKey");

    @Override
    public Map<String, Boolean> of(String userName) {
        try {
            return iam.listAccessKeysPaginator(request -> request.userName(userName)).accessKeyMetadata().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            AccessKeyMetadata::accessKeyId, key -> key.status() == StatusType.ACTIVE));
        } catch (NoSuchEntityException _) {
            return Map.of();
        }
    }

    @Override
    public Optional<Boolean> active(String userName, String accessKeyId) {
        return Optional.ofNullable(of(userName).get(accessKeyId));
    }

    @Override
    public void activate(String userName, String accessKeyId, boolean active) {
        iam.updateAccessKey(request -> request.userName(userName)
                .accessKeyId(accessKeyId)
                .status(active ? StatusType.ACTIVE : StatusType.INACTIVE));
    }
}
