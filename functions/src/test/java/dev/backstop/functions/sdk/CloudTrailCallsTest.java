package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LookupEvents over the SDK; moto_server does not have it, so its answers are stubbed. */
class CloudTrailCallsTest {
    private static final Instant SINCE = Instant.parse("2026-11-25T09:00:00Z");

    @RegisterExtension
    private final WireMockExtension aws = StubbedAws.server();

    @Test
    void readsWhatChangedTheResourceNewestFirst() {
        aws.stubFor(post(anyUrl())
                .withRequestBody(matchingJsonPath("$[?(!@.NextToken)]"))
                .willReturn(okJson(page("more", event("e-3", "03", "true", null), event("e-1", "01", "false", null)))));
        aws.stubFor(post(anyUrl())
                .withRequestBody(matchingJsonPath("$.NextToken", equalTo("more")))
                .willReturn(okJson(
                        page(null, event("e-2", "02", "false", null), event("e-4", "04", "false", "AccessDenied")))));

        List<CloudTrailRecord> calls =
                new CloudTrailCalls(StubbedAws.clients(aws).cloudTrail()).about("reports", SINCE);

        assertEquals(
                List.of("e-2", "e-1"),
                calls.stream().map(CloudTrailRecord::eventId).toList(),
                "neither reads nor what failed");
        aws.verify(
                2,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", containing("LookupEvents"))
                        .withRequestBody(
                                matchingJsonPath("$.LookupAttributes[0].AttributeKey", equalTo("ResourceName")))
                        .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeValue", equalTo("reports")))
                        .withRequestBody(matchingJsonPath("$.StartTime")));
    }

    private static String page(@Nullable String token, ObjectNode... events) {
        ObjectNode page = Json.object();
        page.putArray("Events").addAll(List.of(events));
        if (token != null) {
            page.put("NextToken", token);
        }
        return Json.write(page);
    }

    private static ObjectNode event(String id, String second, String readOnly, @Nullable String error) {
        ObjectNode record = Json.object()
                .put("eventID", id)
                .put("eventTime", "2026-11-25T10:00:" + second + "Z")
                .put("eventSource", "s3.amazonaws.com")
                .put("eventName", "PutBucketPolicy")
                .put("awsRegion", "eu-west-1")
                .put("errorCode", error);
        record.putObject("userIdentity").put("type", "IAMUser");
        return Json.object().put("EventId", id).put("ReadOnly", readOnly).put("CloudTrailEvent", Json.write(record));
    }
}
