package dev.backstop.cdk;

import software.amazon.awscdk.services.cloudtrail.ReadWriteType;
import software.amazon.awscdk.services.cloudtrail.Trail;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** A trail for an account that has none; without one, EventBridge never sees an API call. */
public final class ActivityTrail extends Construct {
    public ActivityTrail(Construct scope, String id) {
        super(scope, id);
        Bucket bucket = LogBucket.of(this, "Logs", "backstop-trail");
        Trail.Builder.create(this, "Trail")
                .trailName("backstop-trail")
                .bucket(bucket)
                .isMultiRegionTrail(true)
                .includeGlobalServiceEvents(true)
                .managementEvents(ReadWriteType.ALL)
                .enableFileValidation(true)
                .build();
    }
}
