package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A trail's bucket, on a local S3. */
final class BucketReplayTest {
    private static final String BUCKET = "the-trail-of-111122223333";
    private static final String LOGS = "AWSLogs/111122223333/CloudTrail/";

    private LocalAccount local;
    private S3Client s3;

    @BeforeEach
    void makeBucket() {
        local = LocalAccount.open();
        s3 = local.clients().s3();
        s3.createBucket(bucket ->
                bucket.bucket(BUCKET).createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void logFilesAreReadInTheOrderOfTheirTimes() {
        log(
                "us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_20261120T1100Z_a.json.gz",
                Records.opened("second"));
        log("eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1105Z_b.json.gz", Records.opened("third"));
        log("us-west-2/2026/11/20/111122223333_CloudTrail_us-west-2_20261120T1055Z_c.json.gz", Records.opened("first"));
        log("us-west-2/2026/11/20/111122223333_CloudTrail_us-west-2_20261120T1130Z_d.json.gz", Records.assumed());
        put("AWSLogs/111122223333/CloudTrail-Digest/us-west-2/2026/11/20/digest.json.gz", "{}");
        put(LOGS + "notes.txt", "not JSON");
        Run run = Run.of("replay", "--json", "s3://" + BUCKET + "/AWSLogs/");
        assertEquals(List.of("first", "second", "third"), ids(run), run.err());
        assertTrue(run.lines().stream().allMatch(line -> line.contains("jordan")), run.out());
        assertEquals("", run.err());
    }

    @Test
    void daysOutsideOfThePeriodAreNotRead() {
        for (int day = 10; day < 25; day++) {
            ObjectNode record = Records.opened("day-" + day);
            record.put("eventTime", "2026-11-" + day + "T10:54:06Z");
            log("eu-west-1/2026/11/" + day + "/1_CloudTrail_eu-west-1_202611" + day + "T1100Z_x.json.gz", record);
        }
        put(LOGS + "eu-west-1/2025/11/20/1_CloudTrail_eu-west-1_20251120T1100Z_x.json.gz", "broken, if it is read");
        put(LOGS + "eu-west-1/2026/10/20/1_CloudTrail_eu-west-1_20261020T1100Z_x.json.gz", "broken, if it is read");
        put(LOGS + "eu-west-1/2026/11/01/1_CloudTrail_eu-west-1_20261101T1100Z_x.json.gz", "broken, if it is read");
        Run run = Run.of(
                "replay", "--json", "--since", "2026-11-14", "--until", "2026-11-16", "s3://" + BUCKET + "/" + LOGS);
        assertEquals(List.of("day-14", "day-15", "day-16"), ids(run), run.err());
        assertEquals("", run.err());
        Run none = Run.of("replay", "--since", "2024-01-01", "--until", "2024-02-01", "s3://" + BUCKET);
        assertEquals(2, none.exit());
        assertTrue(none.err().contains("prefix: no object under it ends in"), none.err());
    }

    @Test
    void oneObjectMayBeNamed() {
        put("exports/some.txt", Json.write(Records.opened("e-1")));
        assertEquals(List.of("e-1"), ids(Run.of("replay", "--json", "s3://" + BUCKET + "/exports/some.txt")));
        put("exports/none.txt", "no JSON");
        Run run = Run.of("replay", "s3://" + BUCKET + "/exports/none.txt");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("s3://" + BUCKET + "/exports/none.txt: record 1 (line 1)"), run.err());
    }

    @Test
    void moreThanOnePageIsListed() {
        for (int i = 0; i < 1_010; i++) {
            put("many/" + i + ".json", i % 500 == 0 ? Json.write(Records.opened("e-" + i)) : "[]");
        }
        assertTrue(
                s3.listObjectsV2(ListObjectsV2Request.builder().bucket(BUCKET).build())
                        .isTruncated());
        Run run = Run.of("replay", "--json", "s3://" + BUCKET + "/many/");
        assertEquals(List.of("e-0", "e-1000", "e-500"), ids(run), run.err());
    }

    @Test
    void whatIsWrongIsSaidWithItsRemedy() {
        refused("s3://none-of-that-name/AWSLogs/", "bucket: does not exist");
        refused("s3://" + BUCKET + "/AWSLogs/", "prefix: no object under it ends in .json");
        refused("s3:///AWSLogs", "bucket: is no name of a bucket");
        refused("s3://Not_A_Bucket/x", "bucket: is no name of a bucket");
        LocalAccount.use(java.net.URI.create("http://127.0.0.1:9"));
        refused("s3://" + BUCKET, "endpoint: cannot be asked");
    }

    private static void refused(String url, String what) {
        Run run = Run.of("replay", url);
        assertEquals(2, run.exit(), run.err());
        assertEquals(1, run.complaints().size(), run.err());
        assertTrue(run.err().contains(url + ": " + what), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }

    private void log(String key, JsonNode record) {
        ObjectNode log = Json.object();
        log.putArray("Records").add(record);
        s3.putObject(
                request -> request.bucket(BUCKET).key(LOGS + key),
                RequestBody.fromBytes(ReplayFormsTest.gzip(Json.write(log))));
    }

    private void put(String key, String content) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private static List<String> ids(Run run) {
        return run.lines().stream()
                .map(line -> Json.read(line).path("eventId").asText())
                .toList();
    }
}
