package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.Json;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import dev.backstop.core.port.Buckets.Holder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Buckets} does. */
public abstract class BucketsContract {
    private static final String BUCKET = "contract-invoices";
    private static final String NOBODYS = "contract-nobodys";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
             "Resource": "arn:aws:s3:::contract-invoices/*"}]}
            """;

    protected abstract Buckets buckets();

    /** Creates a bucket as its owner would: no policy, no block. */
    protected abstract void create(String bucket);

    @Test
    protected void knowsWhoseAnameIs() {
        create(BUCKET);

        assertEquals(Holder.US, buckets().holder(BUCKET));
        assertEquals(Holder.NOBODY, buckets().holder(NOBODYS));
    }

    @Test
    protected void setsAndRemovesAPolicy() {
        create(BUCKET);
        assertEquals(Optional.empty(), buckets().policy(BUCKET));

        buckets().putPolicy(BUCKET, POLICY);
        assertEquals(Optional.of(Json.read(POLICY)), buckets().policy(BUCKET).map(Json::read));

        buckets().deletePolicy(BUCKET);
        buckets().deletePolicy(BUCKET);
        assertEquals(Optional.empty(), buckets().policy(BUCKET));
    }

    @Test
    protected void setsThePartsOfABlock() {
        create(BUCKET);
        assertEquals(Set.of(), buckets().block(BUCKET));

        buckets().putBlock(BUCKET, Block.all());
        assertEquals(Block.all(), buckets().block(BUCKET));

        buckets().putBlock(BUCKET, Set.of(Block.IGNORE_PUBLIC_ACLS));
        assertEquals(Set.of(Block.IGNORE_PUBLIC_ACLS), buckets().block(BUCKET));
    }

    @Test
    protected void replacesTheAccessControlList() {
        create(BUCKET);
        Acl first = buckets().acl(BUCKET).orElseThrow();
        assertEquals(Set.of(new Grant(first.owner(), "FULL_CONTROL")), first.grants());

        Set<Grant> opened = new HashSet<>(first.grants());
        opened.add(new Grant(Grant.EVERYBODY, "READ"));
        buckets().putAcl(BUCKET, new Acl(first.owner(), opened));
        assertEquals(
                Set.of(new Grant(Grant.EVERYBODY, "READ")),
                buckets().acl(BUCKET).orElseThrow().open());

        buckets().putAcl(BUCKET, first);
        assertEquals(Optional.of(first), buckets().acl(BUCKET));
    }

    @Test
    protected void ofABucketThatIsNotThereEverythingIsEmpty() {
        assertEquals(Optional.empty(), buckets().policy(NOBODYS));
        assertEquals(Optional.empty(), buckets().acl(NOBODYS));
        assertEquals(Set.of(), buckets().block(NOBODYS));
        assertThrows(RuntimeException.class, () -> buckets().putPolicy(NOBODYS, POLICY));
        assertThrows(RuntimeException.class, () -> buckets().putBlock(NOBODYS, Block.all()));
    }
}
