package dev.backstop.cli.bucket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.cli.input.Period;
import dev.backstop.core.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class BucketPartsTest {
    private static final Address ADDRESS = new Address("logs", "AWSLogs/");

    @Test
    void daysThatCanHoldRecordsOfThePeriodOrTheirSessions() {
        Days days = new Days(new Period(Instant.parse("2026-11-20T08:00:00Z"), Instant.parse("2026-11-21T00:00:00Z")));
        String region = "o-1/AWSLogs/o-1/111122223333/CloudTrail/eu-west-1/";
        assertTrue(days.mayHold(region), "not dated yet");
        assertTrue(days.mayHold(region + "2026/"));
        assertFalse(days.mayHold(region + "2025/"));
        assertTrue(days.mayHold(region + "2026/11/"));
        assertFalse(days.mayHold(region + "2026/10/"));
        assertFalse(days.mayHold(region + "2026/11/18/1.json.gz"));
        assertTrue(days.mayHold(region + "2026/11/19/1.json.gz"), "a session lasts twelve hours");
        assertTrue(days.mayHold(region + "2026/11/21/1.json.gz"), "CloudTrail writes later than it sees");
        assertFalse(days.mayHold(region + "2026/11/22/1.json.gz"));
        assertTrue(days.mayHold("exports/2025/10/18/1.json"), "not a trail's key");
        assertTrue(days.mayHold(region + "2026/02/30/1.json.gz"), "no day");
    }

    @Test
    void aDownloadGoesOnWhereItBrokeOff() throws IOException {
        byte[] object = new byte[100_000];
        new Random(1).nextBytes(object);
        int[] opened = {0};
        Resumed resumed = new Resumed(
                offset -> {
                    int end = Math.min(object.length, (int) offset + 40_000);
                    InputStream some = new ByteArrayInputStream(object, (int) offset, end - (int) offset);
                    // Some connections end in an error, others just end.
                    return opened[0]++ == 0 ? new SequenceInputStream(some, new Torn()) : some;
                },
                object.length);
        assertArrayEquals(object, resumed.readAllBytes());
        assertEquals(3, opened[0]);
    }

    @Test
    void aDownloadThatBreaksOffAgainAndAgainIsAnError() {
        Resumed resumed = new Resumed(_ -> new Torn(), 10);
        assertThrows(IOException.class, resumed::readAllBytes);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, 403, 'access: is denied: these credentials need s3:ListBucket on arn:aws:s3:::logs'",
        "PermanentRedirect, 301, 'Region: the bucket is in another one'",
        "AuthorizationHeaderMalformed, 400, 'Region: the bucket is in another one'",
        "ExpiredToken, 400, 'credentials: were refused'",
        "NoSuchBucket, 404, 'bucket: does not exist'",
    })
    void everyProblemHasItsRemedy(String code, int status, String what) {
        AwsServiceException e = S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("no")
                        .serviceName("S3")
                        .build())
                .build();
        BadInputException problem = Problem.listing("s3://logs/AWSLogs/", ADDRESS, e);
        assertTrue(String.valueOf(problem.getMessage()).contains("s3://logs/AWSLogs/: " + what), problem.getMessage());
    }

    @Test
    void noCredentialsAreSaidToBeMissing() {
        var e = SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        assertTrue(String.valueOf(Problem.listing("s3://logs", ADDRESS, e).getMessage())
                .contains("credentials: there are none that work: aws configure"));
    }

    /** A connection that is reset. */
    private static final class Torn extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Connection reset");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("Connection reset");
        }
    }
}
