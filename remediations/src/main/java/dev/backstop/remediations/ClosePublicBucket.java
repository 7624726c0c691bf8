package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Undoes a call that made a bucket public: by policy, by access control list, or by taking its <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">public access
 * block</a> off. What was before comes from AWS Config; where that has nothing, public access is blocked and the rest left.
 */
final class ClosePublicBucket implements Remediation {
    @Override
    public String id() {
        return "close-public-bucket";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(bucket(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Resource bucket = bucket(record);
        Optional<JsonNode> before = Optional.ofNullable(prior.get(bucket))
                .map(state -> state.configuration().path("supplementaryConfiguration"))
                .filter(JsonNode::isObject);
        return switch (record.eventName()) {
            case "PutBucketPolicy" -> policy(record, bucket, before);
            case "PutBucketAcl", "CreateBucket" -> acl(record, bucket, before);
            case "PutBucketPublicAccessBlock" ->
                block(bucket, parts(record.request().path("PublicAccessBlockConfiguration"), Block::field), before);
            case "DeleteBucketPublicAccessBlock" -> block(bucket, Set.of(), before);
            case "PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock" ->
                new Plan.Refused("Backstop changes no setting of the whole account; run: "
                        + BlockCommand.wholeAccount(record.account()));
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String bucket = "arn:${Partition}:s3:::*";
        return Set.of(
                new Permission("s3:GetBucketPolicy", bucket),
                new Permission("s3:PutBucketPolicy", bucket),
                new Permission("s3:DeleteBucketPolicy", bucket),
                new Permission("s3:GetBucketAcl", bucket),
                new Permission("s3:PutBucketAcl", bucket),
                new Permission("s3:GetBucketPublicAccessBlock", bucket),
                new Permission("s3:PutBucketPublicAccessBlock", bucket));
    }

    private static Plan policy(CloudTrailRecord record, Resource bucket, Optional<JsonNode> before) {
        JsonNode set = record.request().path("bucketPolicy");
        Optional<PolicyDocument> made =
                set.isObject() ? Optional.of(PolicyDocument.of(set)) : PolicyDocument.read(set.asText());
        if (made.isEmpty()) {
            return new Plan.Refused("the record does not hold the policy that was set on " + bucket.id()
                    + ": look at the bucket's policy, and block public access by hand");
        }
        Optional<JsonNode> recorded =
                before.map(known -> known.path("BucketPolicy")).filter(known -> known.has("policyText"));
        return only(
                recorded.isEmpty()
                        ? new BlockPublicBucket(bucket, made, Set.of())
                        : new RestoreBucketPolicy(
                                bucket,
                                made,
                                PolicyDocument.read(
                                        recorded.get().path("policyText").asText())));
    }

    private static Plan acl(CloudTrailRecord record, Resource bucket, Optional<JsonNode> before) {
        Set<Grant> opened = OpenGrants.of(record.request());
        if (opened.isEmpty()) {
            return new Plan.Refused("the record does not say what was granted on " + bucket.id()
                    + ": look at the bucket's access control list, and block public access by hand");
        }
        Optional<Acl> recorded = before.flatMap(known -> OpenGrants.recorded(known.path("AccessControlList")));
        return only(
                recorded.isEmpty()
                        ? new BlockPublicBucket(bucket, Optional.empty(), opened)
                        : new RestoreBucketAcl(bucket, opened, null, recorded.get()));
    }

    /** Where nothing is known, all: a bucket has the whole block from its creation on, unless somebody takes it off. */
    private static Plan block(Resource bucket, Set<Block> left, Optional<JsonNode> before) {
        Set<Block> wanted = before.map(
                        known -> parts(known.path("PublicAccessBlockConfiguration"), ClosePublicBucket::recordedField))
                .orElse(Block.all());
        return left.containsAll(wanted)
                ? new Plan.Refused("the call took nothing off that was on: the public access block of " + bucket.id()
                        + " was " + BlockCommand.words(wanted))
                : only(new RestoreBucketBlock(bucket, left, wanted));
    }

    private static Plan only(Step<?> step) {
        return new Plan.Steps(List.of(step));
    }

    private static Set<Block> parts(JsonNode block, Function<Block, String> field) {
        Set<Block> on = EnumSet.noneOf(Block.class);
        for (Block part : Block.values()) {
            if (block.path(field.apply(part)).asBoolean()) {
                on.add(part);
            }
        }
        return on;
    }

    private static String recordedField(Block part) {
        return part.field().substring(0, 1).toLowerCase(Locale.ROOT)
                + part.field().substring(1);
    }

    private static Resource bucket(CloudTrailRecord record) {
        String name = Json.text(record.request(), "bucketName");
        return new Resource("AWS::S3::Bucket", name == null ? "unknown" : name, record.region(), record.account());
    }
}
