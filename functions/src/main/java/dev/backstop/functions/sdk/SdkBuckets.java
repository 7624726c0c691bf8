package dev.backstop.functions.sdk;

import dev.backstop.core.port.Buckets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Type;

/** Buckets in S3. */
public record SdkBuckets(S3Client s3) implements Buckets {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "s3:GetBucketLocation",
            "s3:GetBucketPolicy",
            "s3:PutBucketPolicy",
            "s3:DeleteBucketPolicy",
            "s3:GetBucketPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock",
            "s3:GetBucketAcl",
            "s3:PutBucketAcl");

    private static final Set<String> NOT_THERE =
            Set.of("NoSuchBucket", "NoSuchBucketPolicy", "NoSuchPublicAccessBlockConfiguration");

    @Override
    public Holder holder(String bucket) {
        try {
            s3.getBucketLocation(request -> request.bucket(bucket));
            return Holder.US;
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 404 -> Holder.NOBODY;
                case 403 -> Holder.SOMEBODY_ELSE;
                default -> throw e;
            };
        }
    }

    @Override
    public Optional<String> policy(String bucket) {
        return found(() -> s3.getBucketPolicy(request -> request.bucket(bucket)).policy());
    }

    @Override
    public void putPolicy(String bucket, String document) {
        s3.putBucketPolicy(request -> request.bucket(bucket).policy(document));
    }

    @Override
    public void deletePolicy(String bucket) {
        found(() -> s3.deleteBucketPolicy(request -> request.bucket(bucket)));
    }

    @Override
    public Set<Block> block(String bucket) {
        return found(() -> s3.getPublicAccessBlock(request -> request.bucket(bucket))
                        .publicAccessBlockConfiguration())
                .map(SdkBuckets::on)
                .orElse(Set.of());
    }

    @Override
    public void putBlock(String bucket, Set<Block> on) {
        s3.putPublicAccessBlock(request -> request.bucket(bucket)
                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(on.contains(Block.BLOCK_PUBLIC_ACLS))
                        .ignorePublicAcls(on.contains(Block.IGNORE_PUBLIC_ACLS))
                        .blockPublicPolicy(on.contains(Block.BLOCK_PUBLIC_POLICY))
                        .restrictPublicBuckets(on.contains(Block.RESTRICT_PUBLIC_BUCKETS))));
    }

    @Override
    public Optional<Acl> acl(String bucket) {
        return found(() -> s3.getBucketAcl(request -> request.bucket(bucket))).map(SdkBuckets::acl);
    }

    @Override
    public void putAcl(String bucket, Acl acl) {
        s3.putBucketAcl(request -> request.bucket(bucket)
                .accessControlPolicy(policy -> policy.owner(owner -> owner.id(acl.owner()))
                        .grants(acl.grants().stream().map(SdkBuckets::grant).toList())));
    }

    private static Set<Block> on(PublicAccessBlockConfiguration block) {
        Set<Block> on = EnumSet.noneOf(Block.class);
        for (Block part : Block.values()) {
            boolean is =
                    switch (part) {
                        case BLOCK_PUBLIC_ACLS -> Boolean.TRUE.equals(block.blockPublicAcls());
                        case IGNORE_PUBLIC_ACLS -> Boolean.TRUE.equals(block.ignorePublicAcls());
                        case BLOCK_PUBLIC_POLICY -> Boolean.TRUE.equals(block.blockPublicPolicy());
                        case RESTRICT_PUBLIC_BUCKETS -> Boolean.TRUE.equals(block.restrictPublicBuckets());
                    };
            if (is) {
                on.add(part);
            }
        }
        return on;
    }

    private static Acl acl(GetBucketAclResponse found) {
        return new Acl(
                found.owner().id(),
                found.grants().stream()
                        .map(grant -> new Grant(
                                Objects.requireNonNullElse(
                                        grant.grantee().uri(), grant.grantee().id()),
                                grant.permissionAsString()))
                        .collect(Collectors.toSet()));
    }

    private static software.amazon.awssdk.services.s3.model.Grant grant(Grant grant) {
        return software.amazon.awssdk.services.s3.model.Grant.builder()
                .permission(Permission.fromValue(grant.permission()))
                .grantee(grantee -> {
                    var _ = grant.isGroup()
                            ? grantee.type(Type.GROUP).uri(grant.grantee())
                            : grantee.type(Type.CANONICAL_USER).id(grant.grantee());
                })
                .build();
    }

    private static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (NOT_THERE.contains(e.awsErrorDetails().errorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
