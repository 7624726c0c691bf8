package dev.backstop.core.memory;

import dev.backstop.core.port.Buckets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** S3 buckets in memory. */
public final class LocalBuckets implements Buckets {
    private static final String OWNER = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    private final Set<String> others = new HashSet<>();
    private final Map<String, Acl> acls = new HashMap<>();
    private final Map<String, String> policies = new HashMap<>();
    private final Map<String, Set<Block>> blocks = new HashMap<>();

    /** Creates a bucket without a policy and without a block, which only its owner may use. */
    public synchronized void create(String bucket) {
        acls.put(bucket, new Acl(OWNER, Set.of(new Grant(OWNER, "FULL_CONTROL"))));
    }

    /** Gives a name to another account. */
    public synchronized void take(String bucket) {
        others.add(bucket);
    }

    /** Deletes, as an agent would. */
    public synchronized void delete(String bucket) {
        acls.remove(bucket);
        policies.remove(bucket);
        blocks.remove(bucket);
    }

    @Override
    public synchronized Holder holder(String bucket) {
        return acls.containsKey(bucket) ? Holder.US : others.contains(bucket) ? Holder.SOMEBODY_ELSE : Holder.NOBODY;
    }

    @Override
    public synchronized Optional<String> policy(String bucket) {
        return Optional.ofNullable(policies.get(bucket));
    }

    @Override
    public synchronized void putPolicy(String bucket, String document) {
        policies.put(there(bucket), document);
    }

    @Override
    public synchronized void deletePolicy(String bucket) {
        policies.remove(bucket);
    }

    @Override
    public synchronized Set<Block> block(String bucket) {
        return blocks.getOrDefault(bucket, Set.of());
    }

    @Override
    public synchronized void putBlock(String bucket, Set<Block> on) {
        blocks.put(there(bucket), Set.copyOf(on));
    }

    @Override
    public synchronized Optional<Acl> acl(String bucket) {
        return Optional.ofNullable(acls.get(bucket));
    }

    @Override
    public synchronized void putAcl(String bucket, Acl acl) {
        acls.put(there(bucket), acl);
    }

    private String there(String bucket) {
        if (!acls.containsKey(bucket)) {
            throw new LocalAwsException("NoSuchBucket", bucket + " does not exist");
        }
        return bucket;
    }
}
