package dev.backstop.cdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudtrail.ReadWriteType;
import software.amazon.awscdk.services.cloudtrail.Trail;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** A trail for an account that has none; without one, EventBridge never sees an API call. */
public final class ActivityTrail extends Construct {
    public ActivityTrail(Construct scope, String id) {
        super(scope, id);
        Bucket bucket = Bucket.Builder.create(this, "Logs")
                .bucketName("backstop-trail-" + Aws.ACCOUNT_ID + "-" + oncePerStack())
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("ninety-days")
                        .expiration(Duration.days(90))
                        .build()))
                // Evidence outlives the guard: see docs/decisions.
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Trail.Builder.create(this, "Trail")
                .trailName("backstop-trail")
                .bucket(bucket)
                .isMultiRegionTrail(true)
                .includeGlobalServiceEvents(true)
                .managementEvents(ReadWriteType.ALL)
                .enableFileValidation(true)
                .build();
    }

    /** Part of the stack's id, so that a bucket that was kept does not stand in the way of the next deployment. */
    static String oncePerStack() {
        String uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID));
        return Fn.select(4, Fn.split("-", uuid));
    }
}
