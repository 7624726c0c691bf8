package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.remediations.Remediations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A bucket that is open to everybody: the call that opened it last is undone where an agent's session made it. People may
 * mean a bucket to be public, so theirs, and what nobody is known to have done, is told with the command.
 */
record OpenBuckets(Function<String, Aws> regions, LastCall last) {
    private static final String REMEDIATION = "close-public-bucket";

    /** The kinds of principal by which a policy names those it is for. */
    private static final Set<String> NAMING = Set.of("AWS", "CanonicalUser", "Service");

    /** None where the bucket is not open any more. */
    Optional<Detection> of(Violation broken) {
        Resource bucket = broken.resource();
        Set<String> opening = opening(regions.apply(bucket.region()).buckets(), bucket.id());
        if (opening.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode unblocked = DriftRecords.call(
                "s3.amazonaws.com",
                "DeleteBucketPublicAccessBlock",
                Json.object().put("bucketName", bucket.id()).put("resourceId", bucket.id()));
        return Optional.of(last.of(
                broken,
                bucket,
                call -> opening.contains(call.eventName()),
                DriftRules.undone(broken.rule(), REMEDIATION, bucket.type(), "requestParameters.bucketName"),
                unblocked,
                command(broken, unblocked)));
    }

    /** The calls by which what is open now may have been opened. */
    private static Set<String> opening(Buckets buckets, String bucket) {
        Set<Block> block = buckets.block(bucket);
        Set<String> names = new HashSet<>();
        if (!block.contains(Block.RESTRICT_PUBLIC_BUCKETS)
                && buckets.policy(bucket).filter(OpenBuckets::mayBeOpen).isPresent()) {
            names.add("PutBucketPolicy");
        }
        if (!block.contains(Block.IGNORE_PUBLIC_ACLS)
                && buckets.acl(bucket).filter(acl -> !acl.open().isEmpty()).isPresent()) {
            names.addAll(List.of("PutBucketAcl", "CreateBucket"));
        }
        if (!names.isEmpty()) {
            names.addAll(List.of("DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"));
        }
        return names;
    }

    /** Whether it is not plain that it is for named ones alone; the rest, conditions too, AWS Config has weighed. */
    private static boolean mayBeOpen(String policy) {
        return Json.items(Json.read(policy).path("Statement")).stream()
                .anyMatch(statement ->
                        statement.path("Effect").asText().equals("Allow") && !isForNamed(statement.path("Principal")));
    }

    private static boolean isForNamed(JsonNode principal) {
        return principal.isObject()
                && principal.properties().stream()
                        .allMatch(kind -> NAMING.contains(kind.getKey())
                                && Json.values(principal, kind.getKey()).stream()
                                        .noneMatch(one -> one.contains("*")));
    }

    private String command(Violation broken, ObjectNode unblocked) {
        CloudTrailRecord record =
                DriftRecords.of(broken.id(), last.clock().instant(), broken.resource(), Json.object(), unblocked);
        Finding finding = new Finding(broken.rule(), record, last.agents().session(record));
        return switch (Remediations.named(REMEDIATION).orElseThrow().plan(finding, Map.of())) {
            case Plan.Steps(List<Step<?>> steps) ->
                steps.stream().map(Step::command).collect(Collectors.joining("; "));
            case Plan.Refused(String why) -> why;
        };
    }
}
