package dev.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.StubbedAws;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.iam.model.StatusType;

/** The commands of on-call without any of the stack, in an account whose event history tells who is who. */
final class OnCallFromHistoryTest {
    private static final String CLOUD_TRAIL = "aws.endpointUrlCloudTrail";
    private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/agent-deploy-role/sess_1";
    private static final Instant BEGAN = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    private final WireMockExtension trail = StubbedAws.server();

    private final LocalAccount account = LocalAccount.open();
    private final SdkClients clients = account.clients();
    private String key = "";

    @BeforeEach
    void issueASessionThatGoesOnToAnotherRole() {
        System.setProperty(CLOUD_TRAIL, trail.baseUrl());
        role("agent-deploy-role");
        role("agent-idle-role");
        role("Deployer");
        clients.iam().createUser(user -> user.userName("eve"));
        key = clients.iam()
                .createAccessKey(user -> user.userName("eve"))
                .accessKey()
                .accessKeyId();
        JsonNode issued = issued("agent-deploy-role", "sess_1", "ASIA1", "ASIAVENDOR", BEGAN);
        JsonNode hop = issued("Deployer", "hop", "ASIAHOP", "ASIA1", BEGAN.plusSeconds(60));
        trail.stubFor(post(anyUrl()).willReturn(okJson("{\"Events\": []}")));
        for (String resource : new String[] {"sess_1", "ASIA1", "arn:aws:iam::123456789012:role/agent-deploy-role"}) {
            history("ResourceName", resource, issued);
        }
        history("ResourceName", "ASIAHOP", hop);
        history("AccessKeyId", "ASIA1", hop, keyMade(key));
    }

    @AfterEach
    void leave() {
        System.clearProperty(CLOUD_TRAIL);
        account.close();
    }

    @Test
    void aBareIdIsFoundAndFollowed() {
        Run run = Run.of("revoke", "sess_1", "--reason", "r", "--direct");
        assertEquals(0, run.exit(), run.out() + run.err());
        assertEquals(Set.of("BackstopRevoke-sess_1"), policies("agent-deploy-role"));
        assertEquals(Set.of("BackstopRevoke-hop"), policies("Deployer"));
        assertEquals(Set.of(), policies("agent-idle-role"), "who was found need not be presumed");
        assertEquals(
                StatusType.INACTIVE,
                clients.iam()
                        .listAccessKeys(user -> user.userName("eve"))
                        .accessKeyMetadata()
                        .getFirst()
                        .status());
        assertTrue(run.err().contains("sess_1: found in CloudTrail's event history"), run.err());
        assertTrue(run.err().contains("sessions that ASIA1 assumed: found in CloudTrail's event history"), run.err());
    }

    @Test
    void anArnIsFollowedToo() {
        Run.of("revoke", SESSION, "--reason", "r", "--direct");
        assertEquals(Set.of("BackstopRevoke-sess_1"), policies("agent-deploy-role"));
        assertEquals(Set.of("BackstopRevoke-hop"), policies("Deployer"));
    }

    @Test
    void anAccessKeySaysAllThatIsNeeded() {
        Run.of("revoke", "ASIA1", "--reason", "r", "--direct");
        assertEquals(Set.of("BackstopRevoke-sess_1"), policies("agent-deploy-role"));
        Run restored = Run.of("restore", "ASIA1", "--reason", "r", "--direct");
        assertEquals(0, restored.exit(), restored.err());
        assertEquals(Set.of(), policies("agent-deploy-role"));
    }

    @Test
    void theTimelineIsTold() {
        Run run = Run.of("timeline", "sess_1", "--direct");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("developer jordan, project checkout"), run.out());
        assertTrue(
                run.out()
                        .matches(
                                "(?s).*\\+0:00 .* issued    sts:AssumeRole .*\\+1:00 .*\\+2:00 .* iam:CreateAccessKey .*"),
                run.out());
        Run sessions = Run.of("sessions", "--direct");
        assertTrue(sessions.out().contains("sess_1                     agent-deploy-role"), sessions.out());
    }

    private void history(String attribute, String value, JsonNode... records) {
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("Events");
        for (JsonNode each : records) {
            events.addObject().put("EventId", each.path("eventID").asText()).put("CloudTrailEvent", Json.write(each));
        }
        trail.stubFor(post(anyUrl())
                .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeKey", equalTo(attribute)))
                .withRequestBody(matchingJsonPath("$.LookupAttributes[0].AttributeValue", equalTo(value)))
                .willReturn(okJson(Json.write(answer))));
    }

    private static JsonNode issued(String role, String name, String key, String by, Instant at) {
        return Json.read("""
                {"eventVersion":"1.11","eventID":"sts-%3$s","eventTime":"%5$s","eventSource":"sts.amazonaws.com",
                 "eventName":"AssumeRole","awsRegion":"eu-west-1","recipientAccountId":"123456789012",
                 "userIdentity":{"type":"AssumedRole","accessKeyId":"%4$s","principalId":"AROAX:x","arn":"%6$s"},
                 "requestParameters":{"roleArn":"arn:aws:iam::123456789012:role/%1$s","roleSessionName":"%2$s",
                   "sourceIdentity":"sess_1","tags":[{"key":"developer","value":"jordan"},
                   {"key":"project","value":"checkout"}]},
                 "responseElements":{"credentials":{"accessKeyId":"%3$s"},
                   "assumedRoleUser":{"assumedRoleId":"AROA1:%2$s"}}}""".formatted(role, name, key, by, at, SESSION));
    }

    private static JsonNode keyMade(String key) {
        return Json.read("""
                {"eventVersion":"1.11","eventID":"e-key","eventTime":"%1$s","eventSource":"iam.amazonaws.com",
                 "eventName":"CreateAccessKey","awsRegion":"us-east-1","recipientAccountId":"123456789012",
                 "userIdentity":{"type":"AssumedRole","accessKeyId":"ASIA1","principalId":"AROA1:sess_1","arn":"%2$s"},
                 "requestParameters":{"userName":"eve"},
                 "responseElements":{"accessKey":{"userName":"eve","accessKeyId":"%3$s"}}}""".formatted(BEGAN.plusSeconds(120), SESSION, key));
    }

    private void role(String name) {
        clients.iam().createRole(role -> role.roleName(name).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": []}"""));
    }

    private Set<String> policies(String role) {
        return Set.copyOf(clients.iam()
                .listRolePolicies(request -> request.roleName(role))
                .policyNames());
    }
}
