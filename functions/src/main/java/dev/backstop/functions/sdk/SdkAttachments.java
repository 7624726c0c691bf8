package dev.backstop.functions.sdk;

import dev.backstop.core.port.Attachments;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Attached managed policies in IAM. */
public record SdkAttachments(IamClient iam) implements Attachments {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "iam:ListAttachedRolePolicies",
            "iam:AttachRolePolicy",
            "iam:DetachRolePolicy",
            "iam:ListAttachedUserPolicies",
            "iam:AttachUserPolicy",
            "iam:DetachUserPolicy");

    @Override
    public Set<String> of(Holder holder) {
        try {
            return attached(holder).map(AttachedPolicy::policyArn).collect(Collectors.toUnmodifiableSet());
        } catch (NoSuchEntityException _) {
            return Set.of();
        }
    }

    @Override
    public void attach(Holder holder, String policyArn) {
        switch (holder.kind()) {
            case ROLE ->
                iam.attachRolePolicy(request -> request.roleName(holder.name()).policyArn(policyArn));
            case USER ->
                iam.attachUserPolicy(request -> request.userName(holder.name()).policyArn(policyArn));
        }
    }

    @Override
    public void detach(Holder holder, String policyArn) {
        try {
            switch (holder.kind()) {
                case ROLE ->
                    iam.detachRolePolicy(
                            request -> request.roleName(holder.name()).policyArn(policyArn));
                case USER ->
                    iam.detachUserPolicy(
                            request -> request.userName(holder.name()).policyArn(policyArn));
            }
        } catch (NoSuchEntityException _) {
            // Nothing left to do is success.
        }
    }

    private Stream<AttachedPolicy> attached(Holder holder) {
        return switch (holder.kind()) {
            case ROLE ->
                iam
                        .listAttachedRolePoliciesPaginator(request -> request.roleName(holder.name()))
                        .attachedPolicies()
                        .stream();
            case USER ->
                iam
                        .listAttachedUserPoliciesPaginator(request -> request.userName(holder.name()))
                        .attachedPolicies()
                        .stream();
        };
    }
}
