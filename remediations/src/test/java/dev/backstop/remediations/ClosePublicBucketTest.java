package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePublicBucketTest {
    private static final String OPEN = """
            {"Version":"2012-10-17","Statement":[{"Sid":"PublicRead","Effect":"Allow","Principal":"*",
             "Action":["s3:GetObject"],"Resource":["arn:aws:s3:::invoices/*"]}]}""";
    private static final String OWN = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},
             "Action":"s3:GetObject","Resource":"arn:aws:s3:::invoices/*"}]}""";
    private static final String HUMANS = OWN.replace("s3:GetObject", "s3:ListBucket");

    private final LocalAws aws = new LocalAws();

    @BeforeEach
    void createBucket() {
        aws.buckets().create("invoices");
    }

    @Test
    void thePreviousPolicyGoesBack() {
        aws.buckets().putPolicy("invoices", OPEN);
        Step<?> step = Steps.only(policy(recorded("BucketPolicy", Json.object().put("policyText", OWN))));
        Steps.undo(step, aws);
        assertEquals(
                Optional.of(Json.read(OWN)), aws.buckets().policy("invoices").map(Json::read));
        assertTrue(
                step.command().startsWith("aws s3api put-bucket-policy --region us-east-1 --bucket invoices --policy"));
    }

    @Test
    void aBucketThatHadNoPolicyHasNoneAgain() {
        aws.buckets().putPolicy("invoices", OPEN);
        Steps.undo(Steps.only(policy(recorded("BucketPolicy", Json.object().putNull("policyText")))), aws);
        assertEquals(Optional.empty(), aws.buckets().policy("invoices"));
    }

    @Test
    void aPolicyThatSomebodySetSinceIsLeftAlone() {
        Step<?> step = Steps.only(policy(recorded("BucketPolicy", Json.object().put("policyText", OWN))));
        aws.buckets().putPolicy("invoices", HUMANS);
        assertEquals("somebody set another policy since", Steps.mustNot(step, aws));
        aws.buckets().deletePolicy("invoices");
        assertEquals("somebody removed the policy since", Steps.mustNot(step, aws));
    }

    @Test
    void aPolicyIsTheSameHoweverAwsWritesItDown() {
        aws.buckets().putPolicy("invoices", OPEN);
        String rewritten = OWN.replace("111122223333", "arn:aws:iam::111122223333:root")
                .replace("\"s3:GetObject\"", "[\"s3:GetObject\"]");
        Step<?> step = Steps.only(policy(recorded("BucketPolicy", Json.object().put("policyText", OWN))));
        aws.buckets().putPolicy("invoices", rewritten);
        Steps.assertDone(step, aws);
    }

    @Test
    void whereThePreviousPolicyIsUnknownPublicAccessIsBlockedAndNothingElseChanged() {
        aws.buckets().putPolicy("invoices", OPEN);
        Steps.undo(Steps.only(policy(null)), aws);
        assertEquals(Block.all(), aws.buckets().block("invoices"));
        assertEquals(Optional.of(OPEN), aws.buckets().policy("invoices"));
    }

    @Test
    void nothingIsBlockedOnceSomebodyElseHasSeenToIt() {
        Step<?> step = Steps.only(policy(null));
        Steps.assertDone(step, aws);
        aws.buckets().putPolicy("invoices", HUMANS);
        assertEquals("somebody changed it since", Steps.mustNot(step, aws));
        aws.buckets().putBlock("invoices", Block.all());
        Steps.assertDone(step, aws);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucketName\":\"invoices\",\"acl\":[\"\"],\"x-amz-acl\":[\"public-read\"]}",
                "{\"bucketName\":\"invoices\",\"x-amz-acl\":\"public-read\"}",
                "{\"bucketName\":\"invoices\",\"accessControlList\":{\"x-amz-grant-read\":"
                        + "\"uri=\\\"http://acs.amazonaws.com/groups/global/AllUsers\\\"\"}}",
                "{\"bucketName\":\"invoices\",\"AccessControlPolicy\":{\"AccessControlList\":{\"Grant\":["
                        + "{\"Grantee\":{\"xsi:type\":\"CanonicalUser\",\"ID\":\"owner\"},\"Permission\":\"FULL_CONTROL\"},"
                        + "{\"Grantee\":{\"xsi:type\":\"Group\",\"URI\":\"http://acs.amazonaws.com/groups/global/AllUsers\"},"
                        + "\"Permission\":\"READ\"}]}}}"
            })
    void thePreviousAccessControlListGoesBackInEveryDialect(String request) {
        Acl before = aws.buckets().acl("invoices").orElseThrow();
        open(before, new Grant(Grant.EVERYBODY, "READ"));
        CloudTrailRecord record = Records.call("s3", "PutBucketAcl", request, "null");
        Step<?> step = Steps.only(Steps.plan(new ClosePublicBucket(), record, recordedAcl(before.owner())));
        Steps.undo(step, aws);
        assertEquals(Optional.of(before), aws.buckets().acl("invoices"));
    }

    @Test
    void anAccessControlListThatSomebodyChangedSinceIsLeftAlone() {
        Acl before = aws.buckets().acl("invoices").orElseThrow();
        Step<?> step = Steps.only(acl(recordedAcl(before.owner())));
        open(before, new Grant(Grant.AUTHENTICATED, "READ"));
        assertEquals("somebody changed the access control list since", Steps.mustNot(step, aws));
        aws.buckets().putAcl("invoices", before);
        Steps.assertDone(step, aws);
    }

    @Test
    void anUnknownAccessControlListIsMadeIneffective() {
        open(aws.buckets().acl("invoices").orElseThrow(), new Grant(Grant.EVERYBODY, "READ"));
        Steps.undo(Steps.only(acl(null)), aws);
        assertEquals(Block.all(), aws.buckets().block("invoices"));
    }

    @Test
    void theBlockGoesBackAsItWas() {
        Step<?> step = Steps.only(unblocked(
                "{\"BlockPublicAcls\":true,\"IgnorePublicAcls\":false,"
                        + "\"BlockPublicPolicy\":false,\"RestrictPublicBuckets\":false}",
                recordedBlock("true", "true")));
        aws.buckets().putBlock("invoices", Set.of(Block.BLOCK_PUBLIC_ACLS));
        Steps.undo(step, aws);
        assertEquals(
                Set.of(Block.BLOCK_PUBLIC_ACLS, Block.IGNORE_PUBLIC_ACLS),
                aws.buckets().block("invoices"));
    }

    @Test
    void whatSomebodySwitchedOnSinceStaysOn() {
        Step<?> step = Steps.only(deleted(recordedBlock("true", "true")));
        aws.buckets().putBlock("invoices", Set.of(Block.RESTRICT_PUBLIC_BUCKETS));
        Steps.undo(step, aws);
        assertEquals(
                Set.of(Block.BLOCK_PUBLIC_ACLS, Block.IGNORE_PUBLIC_ACLS, Block.RESTRICT_PUBLIC_BUCKETS),
                aws.buckets().block("invoices"));
    }

    @Test
    void whereTheBlockWasUnknownAllOfItGoesOn() {
        Steps.undo(Steps.only(deleted(null)), aws);
        assertEquals(Block.all(), aws.buckets().block("invoices"));
    }

    @Test
    void aBlockThatWasNotThereIsNotPutOn() {
        assertTrue(Steps.refusal(deleted(recorded("BucketPolicy", Json.object().putNull("policyText"))))
                .startsWith("the call took nothing off"));
    }

    @Test
    void theWholeAccountIsForAPerson() {
        String why = Steps.refusal(Steps.plan(
                new ClosePublicBucket(),
                Records.call("s3", "DeleteAccountPublicAccessBlock", "{\"accountId\":\"111122223333\"}", "null"),
                null));
        assertTrue(why.contains("aws s3control put-public-access-block --account-id 111122223333"), why);
    }

    @Test
    void whatTheRecordDoesNotSayIsNotGuessed() {
        assertTrue(Steps.refusal(Steps.plan(
                        new ClosePublicBucket(),
                        Records.call("s3", "PutBucketPolicy", "{\"bucketName\":\"invoices\"}", "null"),
                        null))
                .contains("does not hold the policy"));
        assertTrue(Steps.refusal(Steps.plan(
                        new ClosePublicBucket(),
                        Records.call("s3", "PutBucketAcl", "{\"bucketName\":\"invoices\"}", "null"),
                        null))
                .contains("does not say what was granted"));
    }

    private void open(Acl before, Grant grant) {
        Set<Grant> grants = new HashSet<>(before.grants());
        grants.add(grant);
        aws.buckets().putAcl("invoices", new Acl(before.owner(), grants));
    }

    private static Plan policy(@Nullable String prior) {
        String request = "{\"bucketName\":\"invoices\",\"policy\":[\"\"],\"bucketPolicy\":" + OPEN + "}";
        return Steps.plan(new ClosePublicBucket(), Records.call("s3", "PutBucketPolicy", request, "null"), prior);
    }

    private static Plan acl(@Nullable String prior) {
        String request = "{\"bucketName\":\"invoices\",\"acl\":[\"\"],\"x-amz-acl\":[\"public-read\"]}";
        return Steps.plan(new ClosePublicBucket(), Records.call("s3", "PutBucketAcl", request, "null"), prior);
    }

    private static Plan unblocked(String block, @Nullable String prior) {
        String request = "{\"bucketName\":\"invoices\",\"publicAccessBlock\":[\"\"],\"PublicAccessBlockConfiguration\":"
                + block + "}";
        return Steps.plan(
                new ClosePublicBucket(), Records.call("s3", "PutBucketPublicAccessBlock", request, "null"), prior);
    }

    private static Plan deleted(@Nullable String prior) {
        String request = "{\"bucketName\":\"invoices\",\"publicAccessBlock\":[\"\"]}";
        return Steps.plan(
                new ClosePublicBucket(), Records.call("s3", "DeleteBucketPublicAccessBlock", request, "null"), prior);
    }

    private static String recordedBlock(String acls, String ignore) {
        return recorded(
                "PublicAccessBlockConfiguration",
                Json.object()
                        .put("blockPublicAcls", Boolean.parseBoolean(acls))
                        .put("ignorePublicAcls", Boolean.parseBoolean(ignore))
                        .put("blockPublicPolicy", false)
                        .put("restrictPublicBuckets", false));
    }

    private static String recordedAcl(String owner) {
        return recorded("AccessControlList", (ObjectNode) Json.read("""
                {"grantSet":null,"grantList":[{"grantee":{"id":"%1$s","displayName":null},"permission":"FullControl"}],
                 "owner":{"displayName":null,"id":"%1$s"},"isRequesterCharged":false}""".formatted(owner)));
    }

    private static String recorded(String name, ObjectNode value) {
        return Json.object()
                .put("name", "invoices")
                .set("supplementaryConfiguration", Json.object().set(name, value))
                .toString();
    }
}
