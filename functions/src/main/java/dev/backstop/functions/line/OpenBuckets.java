package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.CallHistory;
import dev.backstop.remediations.Remediations;
import java.time.InstantSource;
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
record OpenBuckets(Function<String, Aws> regions, CallHistory calls, AgentSelector agents, InstantSource clock) {
    private static final String REMEDIATION = "close-public-bucket";

    /** None where the bucket is not open any more. */
    Optional<Detection> of(Rule rule, Resource bucket, String id) {
        Set<String> opening = opening(regions.apply(bucket.region()).buckets(), bucket.id());
        if (opening.isEmpty()) {
            return Optional.empty();
        }
        Optional<CloudTrailRecord> call = calls.last(
                bucket.id(), clock.instant().minus(Violations.FOUND_WITHIN), one -> opening.contains(one.eventName()));
        if (call.filter(one -> agents.selects(one.caller())).isPresent()) {
            return Optional.of(new Detection(
                    DriftRules.undone(rule, REMEDIATION, bucket.type(), "requestParameters.bucketName"), call.get()));
        }
        CloudTrailRecord unblocked = DriftRecords.of(
                id,
                clock.instant(),
                bucket,
                call.map(one -> one.json().path("userIdentity")).orElseGet(Json::object),
                DriftRecords.call(
                        "s3.amazonaws.com",
                        "DeleteBucketPublicAccessBlock",
                        Json.object().put("bucketName", bucket.id()).put("resourceId", bucket.id())));
        String who = call.map(one -> "No agent's session made the last call that could open it (" + one.eventName()
                        + " at " + one.eventTime() + ")")
                .orElse("No recorded call says who opened it");
        return Optional.of(new Detection(
                rule.because(who + ", so it is left as it is. If it is not to be public: " + command(rule, unblocked)),
                unblocked));
    }

    /** The calls by which what is open now may have been opened. */
    private static Set<String> opening(Buckets buckets, String bucket) {
        Set<Block> block = buckets.block(bucket);
        Set<String> names = new HashSet<>();
        if (!block.contains(Block.RESTRICT_PUBLIC_BUCKETS)
                && buckets.policy(bucket).filter(OpenBuckets::isOpen).isPresent()) {
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

    /** Conditions are not weighed: AWS Config did. */
    private static boolean isOpen(String policy) {
        for (JsonNode statement : Json.items(Json.read(policy).path("Statement"))) {
            JsonNode principal = statement.path("Principal");
            boolean everybody = principal.asText().equals("*")
                    || Json.values(principal, "AWS").contains("*")
                    || statement.has("NotPrincipal");
            if (everybody && statement.path("Effect").asText().equals("Allow")) {
                return true;
            }
        }
        return false;
    }

    private String command(Rule rule, CloudTrailRecord unblocked) {
        Finding finding = new Finding(rule, unblocked, agents.session(unblocked));
        return switch (Remediations.named(REMEDIATION).orElseThrow().plan(finding, Map.of())) {
            case Plan.Steps(List<Step<?>> steps) ->
                steps.stream().map(Step::command).collect(Collectors.joining("; "));
            case Plan.Refused(String why) -> why;
        };
    }
}
