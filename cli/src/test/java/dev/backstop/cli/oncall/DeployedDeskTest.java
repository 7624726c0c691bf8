package dev.backstop.cli.oncall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.NotDoneException;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.contract.Samples;
import dev.backstop.functions.sdk.StubbedAws;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The functions over the SDK; moto_server runs no Java, so their answers are stubbed. */
class DeployedDeskTest {
    private static final ObjectNode REQUEST =
            Json.object().put("session", "sess_1").put("reason", "r").put("operator", "maria");

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    @Test
    void asksTheAliasAndGivesBackTheOutcomes() {
        Outcome outcome = Samples.outcome(Outcome.Status.APPLIED, "denied");
        answers("backstop-revoke%3Alive", okJson("[" + Json.write(outcome.toJson()) + "]"));

        assertEquals(List.of(outcome), desk().revoke(REQUEST));
        lambda.verify(postRequestedFor(urlEqualTo(path("backstop-revoke%3Alive")))
                .withRequestBody(equalToJson(Json.write(REQUEST))));
    }

    @Test
    void whereThereIsNoAliasAsksTheFunction() {
        lambda.stubFor(post(anyUrl()).willReturn(missing()));
        answers("backstop-restore", okJson("[]"));
        answers("backstop-sessions", okJson("{\"sessions\": [], \"revoked\": []}"));

        assertEquals(List.of(), desk().restore(REQUEST));
        assertTrue(desk().sessions(Json.object()).has("sessions"));
    }

    @Test
    void drillsThroughTheFunctionThatDoes() {
        answers("backstop-drill%3Alive", okJson("{\"passed\": true, \"secondsToRefused\": 3.5}"));
        assertTrue(desk().drill().path("passed").asBoolean());
    }

    @Test
    void aFunctionThatIsNotThereIsBadInputWithTheRemedy() {
        lambda.stubFor(post(anyUrl()).willReturn(missing()));
        assertSays(BadInputException.class, "backstop-revoke in 123456789012, eu-west-1", "is not there", "--direct");
    }

    @Test
    void aFunctionThatMayNotBeInvokedIsBadInputWithTheRemedy() {
        lambda.stubFor(post(anyUrl()).willReturn(error(403, "AccessDeniedException", "User: x is not authorized")));
        assertSays(BadInputException.class, "BackstopOnCall", "--direct", "User: x is not authorized");
    }

    @Test
    void whatTheFunctionFoundWrongWithTheInputIsBadInputHere() {
        lambda.stubFor(post(anyUrl()).willReturn(failed("""
                        {"errorMessage": "input: session: nothing is known as x: give: more",
                         "errorType": "dev.backstop.core.BadInputException", "stackTrace": ["a", "b"]}""")));
        var bad = assertThrows(BadInputException.class, () -> desk().revoke(REQUEST));
        assertEquals("input: session: nothing is known as x: give: more", bad.getMessage());
    }

    @Test
    void anyOtherFailureMayHaveBeenHalfWayAndIsNoBadInput() {
        lambda.stubFor(
                post(anyUrl())
                        .willReturn(
                                failed(
                                        "{\"errorType\": \"Sandbox.Timedout\", \"errorMessage\": \"Task timed out after 60.00 seconds\"}")));
        assertSays(NotDoneException.class, "perhaps half-way: Task timed out", "may be asked again", "--direct");

        lambda.stubFor(post(anyUrl()).willReturn(failed("<html>")));
        assertSays(NotDoneException.class, "<html>", "--direct");
    }

    @Test
    void whoDoesNotAnswerIsNotToBlameOnTheInput() {
        lambda.stubFor(post(anyUrl()).willReturn(error(403, "KMSDisabledException", "the key is disabled")));
        assertSays(NotDoneException.class, "could not be asked", "the key is disabled", "--direct");
        String message =
                String.valueOf(assertThrows(NotDoneException.class, () -> new DeployedDesk(here(), false).drill())
                        .getMessage());
        assertFalse(message.contains("--direct"), message);
    }

    private void assertSays(Class<? extends RuntimeException> kind, String... parts) {
        String message =
                String.valueOf(assertThrows(kind, () -> desk().revoke(REQUEST)).getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), "expected " + part + " in: " + message);
        }
    }

    private DeployedDesk desk() {
        return new DeployedDesk(here(), true);
    }

    private Account here() {
        return new Account(
                "123456789012", "eu-west-1", "arn:aws:iam::123456789012:user/maria", StubbedAws.clients(lambda));
    }

    private void answers(String function, ResponseDefinitionBuilder answer) {
        lambda.stubFor(post(urlEqualTo(path(function))).willReturn(answer));
    }

    private static String path(String function) {
        return "/2015-03-31/functions/" + function + "/invocations";
    }

    private static ResponseDefinitionBuilder failed(String body) {
        return aResponse().withHeader("X-Amz-Function-Error", "Unhandled").withBody(body);
    }

    private static ResponseDefinitionBuilder missing() {
        return error(404, "ResourceNotFoundException", "Function not found");
    }

    private static ResponseDefinitionBuilder error(int status, String type, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("X-Amzn-Errortype", type)
                .withBody(Json.write(Json.object().put("Message", message)));
    }
}
