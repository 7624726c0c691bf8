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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LookupEvents over the SDK; moto_server does not have it, so its answers are stubbed. */
class CloudTrailCallsTest {
    private static final Instant SINCE = Instant.parse("2026-11-25T09:00:00Z");

    @RegisterExtension
    private final WireMockExtension aws = StubbedAws.server();

    @Test
    void theNewestThatIsAskedForIsReadOverAllThatIsNot() {
        answers(null, "1", event("e-9", "09", "true", null), unreadable("{\"eventID\":"), unreadable("{}"));
        answers("1", "2", event("e-8", "08", "false", "AccessDenied"), event("e-7", "07", "false", null));
        answers("2", "3", event("e-6", "06", "false", null), event("e-5", "05", "false", null));

        Optional<CloudTrailRecord> last =
                calls().last("reports", SINCE, call -> !call.eventId().equals("e-7"));

        assertEquals("e-6", last.orElseThrow().eventId(), "neither reads nor what failed nor what nobody can read");
        aws.verify(
                3,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", containing("LookupEvents"))
                        .withRequestBody(
                                matchingJsonPath("$.LookupAttributes[0].AttributeKey", equalTo("ResourceName")))
                        .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeValue", equalTo("reports")))
                        .withRequestBody(matchingJsonPath("$.StartTime")));
    }

    @Test
    void readsOfABusyResourceDoNotHideTheCallThatChangedIt() {
        ObjectNode[] reads = Stream.generate(() -> event("e-0", "09", "true", null))
                .limit(50)
                .toArray(ObjectNode[]::new);
        answers(null, "1", reads);
        for (int page = 1; page < 10; page++) {
            answers(String.valueOf(page), String.valueOf(page + 1), reads);
        }
        answers("10", null, event("e-1", "01", "false", null));

        assertEquals(
                "e-1", calls().last("reports", SINCE, _ -> true).orElseThrow().eventId());
    }

    @Test
    void whatIsCalledAboutWithoutEndIsNotReadToItsEnd() {
        answers(null, "more", event("e-1", "09", "true", null));
        answers("more", "more", event("e-1", "09", "true", null));

        assertEquals(Optional.empty(), calls().last("reports", SINCE, _ -> true));
        aws.verify(40, postRequestedFor(anyUrl()));
    }

    private CloudTrailCalls calls() {
        return new CloudTrailCalls(StubbedAws.clients(aws).cloudTrail());
    }

    private void answers(@Nullable String token, @Nullable String next, ObjectNode... events) {
        aws.stubFor(post(anyUrl())
                .withRequestBody(
                        token == null
                                ? matchingJsonPath("$[?(!@.NextToken)]")
                                : matchingJsonPath("$.NextToken", equalTo(token)))
                .willReturn(okJson(page(next, events))));
    }

    private static ObjectNode unreadable(String record) {
        return Json.object().put("EventId", "e-x").put("ReadOnly", "false").put("CloudTrailEvent", record);
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
