package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.KillSwitch.Order;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** The revoke function over the SDK; moto_server runs no Java, so the function's answers are stubbed. */
class LambdaKillSwitchTest {
    private static final String INVOCATION = "/2015-03-31/functions/backstop-revoke%3Alive/invocations";
    private static final Order ORDER = new Order(
            Samples.session(),
            "sess_a",
            Mode.ENFORCE,
            "8b0f9d8e-1111",
            Instant.parse("2026-11-23T10:00:00Z"),
            "sg-open-to-world",
            "opened to the world",
            "backstop");

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    @Test
    void sendsTheOrderAndGivesBackTheOutcomes() {
        Outcome outcome = Samples.outcome(Outcome.Status.APPLIED, "denied");
        lambda.stubFor(post(INVOCATION).willReturn(okJson("[" + Json.write(outcome.toJson()) + "]")));

        assertEquals(List.of(outcome), revoke());
        lambda.verify(postRequestedFor(urlEqualTo(INVOCATION))
                .withHeader("X-Amz-Invocation-Type", absent().or(equalTo("RequestResponse")))
                .withRequestBody(equalToJson(Json.write(ORDER.toJson()))));
    }

    @Test
    void anErrorOfTheFunctionEscapes() {
        lambda.stubFor(post(INVOCATION)
                .willReturn(aResponse()
                        .withHeader("X-Amz-Function-Error", "Unhandled")
                        .withBody("{\"errorMessage\": \"no such table\", \"errorType\": \"X\"}")));

        var failed = assertThrows(IllegalStateException.class, this::revoke);

        assertEquals("backstop-revoke:live failed, Unhandled: no such table", failed.getMessage());
    }

    @Test
    void aMissingFunctionEscapes() {
        lambda.stubFor(post(INVOCATION)
                .willReturn(aResponse()
                        .withStatus(404)
                        .withHeader("X-Amzn-ErrorType", "ResourceNotFoundException")
                        .withBody("{\"Message\": \"Function not found\"}")));

        assertThrows(ResourceNotFoundException.class, this::revoke);
    }

    @Test
    void anOrderTravels() {
        assertEquals(ORDER, Order.of(Json.read(Json.write(ORDER.toJson())), "payload"));
        var broken = assertThrows(RuntimeException.class, () -> Order.of(Json.object(), "payload"));
        assertTrue(broken.getMessage().startsWith("payload: id: "), broken::getMessage);
    }

    @Test
    void whatWasDoneToIamIsUndoneByTheSameFunction() {
        Outcome outcome = Samples.outcome(Outcome.Status.APPLIED, "detached");
        lambda.stubFor(post(INVOCATION).willReturn(okJson("[" + Json.write(outcome.toJson()) + "]")));
        var request = new IamReverts.Request(
                Records.finding(Records.rule("r", "", Response.ALERT), Records.call("iam", "CreateUser", "{}", "null")),
                Mode.ENFORCE);

        assertEquals(
                List.of(outcome),
                new LambdaKillSwitch(
                                StubbedAws.clients(lambda).lambda(), "backstop-revoke:live", "backstop-restore:live")
                        .revert(request));
        lambda.verify(
                postRequestedFor(urlEqualTo(INVOCATION)).withRequestBody(equalToJson(Json.write(request.toJson()))));
    }

    private List<Outcome> revoke() {
        return new LambdaKillSwitch(
                        StubbedAws.clients(lambda).lambda(), "backstop-revoke:live", "backstop-restore:live")
                .revoke(ORDER);
    }
}
