package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the calls that rules match to AWS's own service models, as botocore ships them: an event that we wrote repeats a
 * misspelt name faithfully.
 */
class ServiceModelTest {
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);

    /** What CloudTrail records under a name that the API does not have. */
    private static final Set<String> ONLY_IN_RECORDS = Set.of(
            "autoscaling:RegisterScalableTarget",
            "aws-marketplace:Subscribe",
            "codecommit:GitPush",
            "dynamodb:PurchaseReservedCapacityOfferings",
            "s3:DeleteAccountPublicAccessBlock",
            "s3:DeleteBucketPublicAccessBlock",
            "s3:PutAccountPublicAccessBlock",
            "s3:PutBucketObjectLockConfiguration",
            "s3:PutBucketPublicAccessBlock");

    @Test
    void everyCallThatARuleMatchesExists() throws IOException, InterruptedException {
        assumeTrue(botocore(), "python3 with botocore is missing: pip install botocore");
        Set<String> calls = BOOK.definitions().stream()
                .flatMap(rule -> TestEvents.matches(rule).stream())
                .map(TestEvents::read)
                .map(ServiceModelTest::call)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = unknown(calls);
        unknown.removeAll(ONLY_IN_RECORDS);
        assertEquals(Set.of(), unknown, "calls that no service model has");
    }

    private static boolean botocore() throws InterruptedException {
        try {
            return start("python3", "-c", "import botocore").waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> unknown(Set<String> calls) throws IOException, InterruptedException {
        Process python = start("python3", "-c", script());
        try (var in = python.getOutputStream()) {
            in.write(String.join("\n", calls).getBytes(StandardCharsets.UTF_8));
        }
        String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), answer);
        return answer.lines().collect(Collectors.toCollection(TreeSet::new));
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String script() throws IOException {
        try (InputStream script = ServiceModelTest.class.getResourceAsStream("/unknown_calls.py")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String call(JsonNode event) {
        JsonNode detail = event.path("detail");
        return detail.path("eventSource").asText().replace(".amazonaws.com", "") + ":"
                + detail.path("eventName").asText();
    }
}
