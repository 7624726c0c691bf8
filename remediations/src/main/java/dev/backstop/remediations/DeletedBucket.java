package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets.Holder;

/**
 * Says what a deleted bucket was, and whether its name can still be had.
 *
 * @param was its last configuration in words
 */
record DeletedBucket(Resource resource, String was) implements ByHand<Holder> {
    @Override
    public String action() {
        return "s3:CreateBucket";
    }

    @Override
    public String summary() {
        return "create bucket " + resource.id() + " again, empty";
    }

    /** S3's oldest Region is the one that may not be named. */
    @Override
    public String command() {
        String line =
                Command.line("aws", "s3api", "create-bucket", "--region", resource.region(), "--bucket", resource.id());
        return resource.region().equals("us-east-1")
                ? line
                : line + " " + Command.line("--create-bucket-configuration", "LocationConstraint=" + resource.region());
    }

    @Override
    public Holder read(Aws aws) {
        return aws.buckets().holder(resource.id());
    }

    @Override
    public Comparison compare(Holder live) {
        return switch (live) {
            case US -> new Comparison.NothingLeft("there is a bucket of that name again");
            case NOBODY ->
                new Comparison.MustNot(
                        "cannot be undone: what was in it was deleted before it; look into AWS Backup and"
                                + " replicas. Its name is free: take it again before somebody else does");
            case SOMEBODY_ELSE ->
                new Comparison.MustNot(
                        "cannot be undone: what was in it was deleted before it, and another account has its"
                                + " name by now: whatever still writes there writes to them");
        };
    }

    @Override
    public String show(Holder live) {
        return switch (live) {
            case US -> "there";
            case NOBODY -> "gone; it had " + was;
            case SOMEBODY_ELSE -> "another account's; it had " + was;
        };
    }
}
