package dev.backstop.cdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** A bucket for what AWS writes down of an account: closed, for ninety days an object, and evidence that outlives the guard. */
final class LogBucket {
    private LogBucket() {}

    /** @param name what its name begins with */
    static Bucket of(Construct scope, String id, String name) {
        return Bucket.Builder.create(scope, id)
                .bucketName(name + "-" + Aws.ACCOUNT_ID + "-" + oncePerStack())
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("ninety-days")
                        .expiration(Duration.days(90))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    /** Part of the stack's id, so that a bucket that was kept does not stand in the way of the next deployment. */
    private static String oncePerStack() {
        String uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID));
        return Fn.select(4, Fn.split("-", uuid));
    }
}
