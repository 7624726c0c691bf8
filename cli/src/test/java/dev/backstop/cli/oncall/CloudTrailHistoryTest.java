package dev.backstop.cli.oncall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.backstop.cli.oncall.EventHistory.By;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.StubbedAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** LookupEvents over the SDK; moto_server does not have it, so its answers are stubbed. */
class CloudTrailHistoryTest {
    private static final Instant SINCE = Instant.parse("2026-11-25T09:00:00Z");

    @RegisterExtension
    private final WireMockExtension aws = StubbedAws.server();

    private final List<String> notes = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void asksForOneAttributeAndReadsEveryPage() {
        aws.stubFor(post(anyUrl())
                .withRequestBody(matchingJsonPath("$[?(!@.NextToken)]"))
                .willReturn(page("more", event("e-2", "2026-11-25T10:00:02Z"))));
        aws.stubFor(post(anyUrl())
                .withRequestBody(matchingJsonPath("$.NextToken", equalTo("more")))
                .willReturn(page(null, event("e-1", "2026-11-25T10:00:01Z"))));

        assertEquals(List.of("e-2", "e-1"), ids(history("eu-west-1").find(By.ACCESS_KEY_ID, "ASIA1", SINCE)));
        aws.verify(
                2,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", containing("LookupEvents"))
                        .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeKey", equalTo("AccessKeyId")))
                        .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeValue", equalTo("ASIA1")))
                        .withRequestBody(matchingJsonPath("$.StartTime"))
                        .withRequestBody(matchingJsonPath("$.MaxResults", equalTo("50"))));
        assertEquals(List.of(Duration.ofMillis(500)), pauses, "two requests a second");
    }

    @Test
    void whatWasAskedBeforeIsRemembered() {
        aws.stubFor(post(anyUrl()).willReturn(page(null, event("e-1", "2026-11-25T10:00:01Z"))));
        CloudTrailHistory history = history("eu-west-1");

        assertEquals(history.find(By.USERNAME, "sess_1", SINCE), history.find(By.USERNAME, "sess_1", SINCE));
        aws.verify(1, anyRequestedFor(anyUrl()));
        history.find(By.RESOURCE_NAME, "sess_1", SINCE);
        aws.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void theRegionsAreReadAsOneLatestFirst() {
        in("eu-west-1", page(null, event("e-1", "2026-11-25T10:00:01Z")));
        in("us-east-1", page(null, event("e-2", "2026-11-25T10:00:02Z")));
        assertEquals(
                List.of("e-2", "e-1"), ids(history("eu-west-1", "us-east-1").find(By.USERNAME, "sess_1", SINCE)));
        assertEquals(List.of(), pauses, "each Region has its own two a second");
    }

    @Test
    void aRegionThatRefusesIsDoneWithoutAndSaidOnce() {
        in("eu-west-1", error(400, "AccessDeniedException", "not authorized to perform: cloudtrail:LookupEvents"));
        in("us-east-1", page(null, event("e-2", "2026-11-25T10:00:02Z")));
        CloudTrailHistory history = history("eu-west-1", "us-east-1");

        assertEquals(List.of("e-2"), ids(history.find(By.USERNAME, "sess_1", SINCE)));
        assertEquals(List.of("e-2"), ids(history.find(By.RESOURCE_NAME, "sess_1", SINCE)));
        assertEquals(1, notes.size(), notes::toString);
        assertTrue(
                notes.getFirst().contains("of eu-west-1 cannot be read")
                        && notes.getFirst().contains("AccessDenied"),
                notes::toString);
    }

    @Test
    void throttlingIsWaitedOut() {
        aws.stubFor(post(anyUrl())
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("free")
                .willReturn(error(400, "ThrottlingException", "Rate exceeded")));
        aws.stubFor(post(anyUrl())
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(page(null, event("e-1", "2026-11-25T10:00:01Z"))));

        assertEquals(List.of("e-1"), ids(history("eu-west-1").find(By.USERNAME, "sess_1", SINCE)));
        assertEquals(List.of(), notes);
    }

    @Test
    void aHistoryWithoutEndIsReadInPartAndSaid() {
        aws.stubFor(post(anyUrl()).willReturn(page("more", event("e-1", "2026-11-25T10:00:01Z"))));

        assertEquals(60, history("eu-west-1").find(By.USERNAME, "sess_1", SINCE).size());
        assertEquals(1, notes.size(), notes::toString);
        assertTrue(notes.getFirst().contains("the oldest of it is left out"), notes::toString);
    }

    @Test
    void anEventThatCannotBeReadHidesNoOther() {
        ObjectNode broken = Json.object().put("EventId", "e-0").put("CloudTrailEvent", "{\"eventID\":");
        aws.stubFor(post(anyUrl()).willReturn(page(null, broken, event("e-1", "2026-11-25T10:00:01Z"))));

        assertEquals(List.of("e-1"), ids(history("eu-west-1").find(By.USERNAME, "sess_1", SINCE)));
        assertTrue(notes.getFirst().startsWith("an event of CloudTrail's history is left out"), notes::toString);
    }

    private void in(String region, ResponseDefinitionBuilder answer) {
        aws.stubFor(post(anyUrl())
                .withHeader("Authorization", containing("/" + region + "/cloudtrail/"))
                .willReturn(answer));
    }

    private CloudTrailHistory history(String... regions) {
        return new CloudTrailHistory(
                List.of(regions),
                region -> StubbedAws.clients(aws, region).ready(CloudTrailClient.builder()),
                InstantSource.fixed(SINCE.plusSeconds(3600)),
                pauses::add,
                notes::add);
    }

    private static ResponseDefinitionBuilder page(
            @org.jspecify.annotations.Nullable String token, ObjectNode... events) {
        ObjectNode page = Json.object();
        page.putArray("Events").addAll(List.of(events));
        if (token != null) {
            page.put("NextToken", token);
        }
        return okJson(Json.write(page));
    }

    private static ObjectNode event(String id, String time) {
        String record = """
                {"eventVersion":"1.11","eventID":"%s","eventTime":"%s","eventSource":"ec2.amazonaws.com",
                 "eventName":"DescribeInstances","awsRegion":"eu-west-1","recipientAccountId":"123456789012",
                 "userIdentity":{"type":"AssumedRole","principalId":"AROADEPLOY:sess_1"}}""".formatted(id, time);
        return Json.object().put("EventId", id).put("CloudTrailEvent", record);
    }

    private static ResponseDefinitionBuilder error(int status, String type, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(Json.write(Json.object().put("__type", type).put("message", message)));
    }

    private static List<String> ids(List<CloudTrailRecord> records) {
        return records.stream().map(CloudTrailRecord::eventId).toList();
    }
}
