package dev.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.StubbedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The trial of the channels, against SNS, SQS and EventBridge of a local AWS, and a function of Slack that is played. */
final class TestAlertTest {
    private static final String LAMBDA = "aws.endpointUrlLambda";
    private static final String INVOKED = "/2015-03-31/functions/backstop-slack%3Alive/invocations";
    private static final String HUB = INVOKED.replace("slack", "security-hub");

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    private final LocalAccount account = LocalAccount.open();

    @BeforeEach
    void useTheStub() {
        System.setProperty(LAMBDA, lambda.baseUrl());
        ResponseDefinitionBuilder missing = aResponse()
                .withStatus(404)
                .withHeader("x-amzn-ErrorType", "ResourceNotFoundException")
                .withBody("{\"Message\":\"Function not found\"}");
        answer(INVOKED, missing);
        answer(HUB, missing);
    }

    @AfterEach
    void leaveIt() {
        System.clearProperty(LAMBDA);
        account.close();
    }

    @Test
    void withoutATopicThereIsNothingToTry() {
        Run run = Run.of("test-alert");
        assertEquals(2, run.exit(), run.err());
        assertTrue(run.err().contains("backstop-alerts") && run.err().contains("is not there"), run.err());
    }

    @Test
    void nobodyWhoIsSubscribedIsAFailure() {
        topic();
        Run run = Run.of("test-alert");
        assertEquals(1, run.exit(), run.err());
        assertTrue(run.out().contains("FAILED  topic: SNS took message"), run.out());
        assertTrue(run.out().contains("ok      event bus: EventBridge took the event"), run.out());
    }

    @Test
    void everyChannelIsToldAndAnswers() {
        SqsClient sqs = account.clients().ready(SqsClient.builder());
        String url = sqs.createQueue(request -> request.queueName("listener")).queueUrl();
        String arn = "arn:aws:sqs:eu-west-1:123456789012:listener";
        String topic = topic();
        account.clients()
                .sns()
                .subscribe(request -> request.topicArn(topic).protocol("sqs").endpoint(arn));
        account.clients().eventBridge().putRule(request -> request.name("backstop-pagerduty")
                .eventPattern("{\"source\":[\"backstop\"],\"detail\":{\"urgency\":[\"page\"]}}"));
        answer(INVOKED, okJson("{\"status\":200,\"answer\":\"ok\",\"posted\":1}"));
        answer(HUB, okJson("{\"finding\":\"eu-west-1/1/backstop/test-alert/t\"}"));

        Run run = Run.of("test-alert", "--severity", "critical");

        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.out().contains("ok      sqs " + arn), run.out());
        assertTrue(run.out().contains("ok      pagerduty: EventBridge posts it"), run.out());
        assertTrue(run.out().contains("ok      slack: Slack answered 200 ok"), run.out());
        assertTrue(
                run.out()
                        .contains(
                                "ok      security-hub: Security Hub took the finding eu-west-1/1/backstop/test-alert/t"),
                run.out());
        lambda.verify(postRequestedFor(urlEqualTo(HUB)).withRequestBody(matchingJsonPath("$.detail.test")));
        JsonNode message = Json.read(sqs.receiveMessage(request -> request.queueUrl(url))
                .messages()
                .getFirst()
                .body());
        JsonNode alert = Json.read(message.path("Message").asText());
        assertTrue(alert.path("test").asBoolean());
        assertTrue(message.path("Subject").asText().startsWith("[CRITICAL] TEST "), message.toString());
        assertTrue(run.lines().getFirst().contains(alert.at("/event/id").asText()), run.out());
    }

    @Test
    void whatAChannelDoesNotHearOfIsSaidAndWhatFailedIsExitOne() {
        topic();
        account.clients().eventBridge().putRule(request -> request.name("backstop-pagerduty")
                .eventPattern("{\"source\":[\"backstop\"],\"detail\":{\"urgency\":[\"page\"]}}"));
        answer(
                INVOKED,
                okJson("{\"errorMessage\":\"Slack did not take the message: 404 no_service\",\"errorType\":\"x\"}")
                        .withHeader("X-Amz-Function-Error", "Unhandled"));

        Run run = Run.of("test-alert", "--json");

        assertEquals(1, run.exit(), run.err());
        JsonNode answers = Json.read(run.out());
        assertEquals(
                "not sent: it does not hear of what is notify",
                answer(answers, "pagerduty").path("said").asText());
        assertEquals(
                "Slack did not take the message: 404 no_service",
                answer(answers, "slack").path("said").asText());
        assertThrows(AssertionError.class, () -> answer(answers, "security-hub"), "it is not deployed");
    }

    private static JsonNode answer(JsonNode answers, String channel) {
        for (JsonNode answer : answers) {
            if (answer.path("channel").asText().equals(channel)) {
                return answer;
            }
        }
        throw new AssertionError("no " + channel + " in " + answers);
    }

    private String topic() {
        return account.clients()
                .sns()
                .createTopic(request -> request.name("backstop-alerts"))
                .topicArn();
    }

    private void answer(String address, ResponseDefinitionBuilder response) {
        lambda.stubFor(post(urlEqualTo(address)).willReturn(response));
        lambda.stubFor(post(urlEqualTo(address.replace("%3Alive", ""))).willReturn(response));
    }
}
