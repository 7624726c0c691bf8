package dev.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.functions.sdk.StubbedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of on-call as they ask the deployed functions, and what they make of the answers. */
final class OnCallThroughFunctionsTest {
    private static final String LAMBDA = "aws.endpointUrlLambda";

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    private final LocalAccount account = LocalAccount.open();

    @BeforeEach
    void useTheStub() {
        System.setProperty(LAMBDA, lambda.baseUrl());
    }

    @AfterEach
    void leaveIt() {
        System.clearProperty(LAMBDA);
        account.close();
    }

    @Test
    void revokeSendsWhatTheFunctionDocuments() {
        answer("revoke", okJson(outcomes(Status.APPLIED)));
        Run run = Run.of("revoke", "sess_1", "--reason", "deleting things", "--operator", "maria");
        assertEquals(0, run.exit(), run.err());
        assertEquals("", run.err());
        asked("revoke", """
                {"session": "sess_1", "reason": "deleting things", "operator": "maria", "dryRun": false}""");
        assertEquals(
                "done      deny session sess_1 on role agent-x everything",
                run.lines().getFirst());
        assertTrue(run.lines().contains("Let it go on:    backstop restore sess_1 --reason …"), run.out());
    }

    @Test
    void theOperatorIsWhoeverTheCredentialsBelongTo() {
        answer("restore", okJson(outcomes(Status.ALREADY_DONE)));
        Run run = Run.of("restore", "sess_1", "--reason", "r", "--keys", "--dry-run");
        assertEquals(0, run.exit(), run.err());
        asked("restore", """
                {"session": "sess_1", "reason": "r", "operator": "arn:aws:sts::123456789012:user/moto",
                 "dryRun": true, "keys": true}""");
    }

    @Test
    void restoreOfAllIsConfirmed() {
        answer("restore", okJson("[]"));
        Run run = Run.of("restore", "--all", "--yes", "--reason", "r", "--operator", "maria");
        assertEquals(0, run.exit(), run.err());
        assertEquals("Nothing is revoked.\n", run.out());
        asked("restore", """
                {"all": true, "confirm": true, "reason": "r", "operator": "maria", "dryRun": false, "keys": false}""");
    }

    @Test
    void anOutcomeThatLeavesSomethingToDoIsExitOne() {
        answer("revoke", okJson(outcomes(Status.FAILED)));
        Run run = Run.of("revoke", "sess_1", "--reason", "r", "--json");
        assertEquals(1, run.exit(), run.err());
        assertEquals("failed", Json.read(run.out()).path("status").asText());
        assertEquals(1, run.lines().size(), "for machines nothing but outcomes");
    }

    @Test
    void whatTheFunctionRefusesIsOneLineAndExitTwo() {
        answer(
                "revoke",
                aResponse().withHeader("X-Amz-Function-Error", "Unhandled").withBody("""
                {"errorMessage": "input: session: nothing is known as x;\\n the latest are \\u001b[31msess_2",
                 "errorType": "dev.backstop.core.BadInputException", "stackTrace": ["dev.backstop.A.b(A.java:1)"]}"""));
        Run run = Run.of("revoke", "x", "--reason", "r");
        assertEquals(2, run.exit());
        assertEquals("", run.out());
        assertEquals(
                "backstop revoke: input: session: nothing is known as x; the latest are ?[31msess_2",
                run.complaints().getFirst().replace(";; ", "; "));
        assertEquals(1, run.complaints().size(), run.err());
    }

    @Test
    void aFunctionThatFailedMayHaveDoneHalfOfItAndIsExitOne() {
        answer(
                "revoke",
                aResponse().withHeader("X-Amz-Function-Error", "Unhandled").withBody("""
                {"errorMessage": "Task timed out after 60.00 seconds", "errorType": "Sandbox.Timedout"}"""));
        Run run = Run.of("revoke", "sess_1", "--reason", "r");
        assertEquals(1, run.exit());
        assertEquals(1, run.complaints().size(), run.err());
        assertTrue(run.err().contains("Task timed out") && run.err().contains("--direct"), run.err());
    }

    @Test
    void sessionsAndTimelineShowTheAnswer() {
        answer("sessions", okJson("""
                {"sessions": [{"id": "sess_1", "role": "arn:aws:iam::123456789012:role/agent-x", "name": "sess_1",
                   "developer": null, "project": "checkout", "startedAt": "2026-11-25T10:00:00Z"}],
                 "revoked": [{"id": "sess_0", "role": "arn:aws:iam::123456789012:role/agent-x", "name": "sess_0",
                   "developer": "sam", "project": null, "startedAt": null, "revoked": {"at": "2026-11-20T10:00:00Z",
                   "root": "sess_0", "reason": "r", "operator": "maria", "confirmedAt": null}}]}"""));
        Run run = Run.of("sessions", "--hours", "48");
        assertEquals(0, run.exit(), run.err());
        asked("sessions", "{\"hours\": 48}");
        assertEquals(3, run.lines().size(), run.out());
        assertTrue(run.lines().get(2).matches("sess_0 +agent-x +sam +- +- +revoked"), run.out());

        answer("sessions", okJson("""
                {"session": "sess_1", "sessions": [], "timeline": [{"at": "2026-11-25T10:00:00Z", "kind": "call",
                 "id": "e-1", "what": "ec2:RunInstances", "on": "i-1", "result": null}]}"""));
        Run told = Run.of("timeline", "sess_1");
        assertEquals(0, told.exit(), told.err());
        asked("sessions", "{\"session\": \"sess_1\"}");
        assertTrue(told.out().contains("call      ec2:RunInstances on i-1"), told.out());
    }

    private void answer(String function, ResponseDefinitionBuilder answer) {
        lambda.stubFor(post(urlEqualTo(path(function))).willReturn(answer));
    }

    private void asked(String function, String payload) {
        lambda.verify(postRequestedFor(urlEqualTo(path(function))).withRequestBody(equalToJson(payload)));
    }

    private static String path(String function) {
        return "/2015-03-31/functions/backstop-" + function + "%3Alive/invocations";
    }

    private static String outcomes(Status status) {
        Outcome outcome = new Outcome(
                "operator-1",
                "operator",
                Response.REVOKE,
                "deny session sess_1 on role agent-x everything",
                status,
                "not denied",
                null,
                status == Status.APPLIED,
                "the message",
                null);
        return "[" + Json.write(outcome.toJson()) + "]";
    }
}
