package dev.backstop.core.port;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may get at S3 buckets; of a bucket that is not there everything is empty. */
public interface Buckets {
    /** Whose a bucket's name is. */
    Holder holder(String bucket);

    /** The bucket's policy as JSON; empty when it has none. */
    Optional<String> policy(String bucket);

    /** Sets the bucket's policy. Fails when the bucket is not there, or its block forbids the policy. */
    void putPolicy(String bucket, String document);

    /** Removes the bucket's policy; none is success. */
    void deletePolicy(String bucket);

    /** The parts of the bucket's public access block that are on. */
    Set<Block> block(String bucket);

    /** Sets the bucket's public access block: these parts on, the others off. Fails when the bucket is not there. */
    void putBlock(String bucket, Set<Block> on);

    /** The bucket's access control list. */
    Optional<Acl> acl(String bucket);

    /** Replaces the bucket's access control list. Fails when the bucket is not there. */
    void putAcl(String bucket, Acl acl);

    /** Who holds a name. */
    enum Holder {
        US,
        SOMEBODY_ELSE,
        NOBODY
    }

    /**
     * One part of a <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html">
     * public access block</a>.
     */
    enum Block {
        BLOCK_PUBLIC_ACLS("BlockPublicAcls"),
        IGNORE_PUBLIC_ACLS("IgnorePublicAcls"),
        BLOCK_PUBLIC_POLICY("BlockPublicPolicy"),
        RESTRICT_PUBLIC_BUCKETS("RestrictPublicBuckets");

        private final String field;

        Block(String field) {
            this.field = field;
        }

        /** All of them. */
        public static Set<Block> all() {
            return EnumSet.allOf(Block.class);
        }

        /** What the API and CloudTrail call it. */
        public String field() {
            return field;
        }
    }

    /** Who may do what with a bucket, besides what its policy says. */
    record Acl(String owner, Set<Grant> grants) {
        public Acl {
            grants = Set.copyOf(grants);
        }

        /** The grants to people whom nobody knows. */
        public Set<Grant> open() {
            return grants.stream().filter(Grant::open).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * One grant.
     *
     * @param grantee a canonical user id, or a group's address
     * @param permission {@code READ}, {@code WRITE}, {@code READ_ACP}, {@code WRITE_ACP} or {@code FULL_CONTROL}
     */
    record Grant(String grantee, String permission) {
        /** Everybody on the internet. */
        public static final String EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
        /** Everybody who has any AWS account. */
        public static final String AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

        public boolean isGroup() {
            return grantee.contains("/groups/");
        }

        boolean open() {
            return grantee.equals(EVERYBODY) || grantee.equals(AUTHENTICATED);
        }

        /** {@code AllUsers READ}. */
        public String words() {
            return grantee.substring(grantee.lastIndexOf('/') + 1) + " " + permission;
        }
    }
}
