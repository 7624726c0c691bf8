package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a deleted bucket was, as far as AWS Config knows, and who has its name. */
final class DescribeDeletedBucket implements Remediation {
    @Override
    public String id() {
        return "describe-deleted-bucket";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(bucket(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Resource bucket = bucket(finding.record());
        return finding.record().eventName().equals("DeleteBucket")
                ? new Plan.Steps(List.of(new DeletedBucket(bucket, was(prior.get(bucket)))))
                : Texts.notUndone(finding.record());
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(new Permission("s3:GetBucketLocation", "arn:${Partition}:s3:::*"));
    }

    /** The settings that somebody has to make again; nothing of what a policy or a tag says. */
    private static String was(@Nullable PriorState before) {
        if (before == null) {
            return "settings that AWS Config did not record";
        }
        JsonNode known = before.configuration().path("supplementaryConfiguration");
        List<String> settings = new ArrayList<>();
        settings.add("versioning " + setting(known.path("BucketVersioningConfiguration"), "status", "Off"));
        if (Json.text(known.path("BucketPolicy"), "policyText") != null) {
            settings.add("a policy");
        }
        known.fieldNames().forEachRemaining(name -> {
            if (List.of(
                            "BucketLifecycleConfiguration",
                            "BucketReplicationConfiguration",
                            "BucketWebsiteConfiguration",
                            "BucketTaggingConfiguration",
                            "ServerSideEncryptionConfiguration")
                    .contains(name)) {
                settings.add(name);
            }
        });
        return String.join(", ", settings);
    }

    private static String setting(JsonNode node, String field, String otherwise) {
        String text = Json.text(node, field);
        return text == null ? otherwise : text;
    }

    private static Resource bucket(CloudTrailRecord record) {
        String name = Json.text(record.request(), "bucketName");
        return new Resource("AWS::S3::Bucket", name == null ? "unknown" : name, record.region(), record.account());
    }
}
