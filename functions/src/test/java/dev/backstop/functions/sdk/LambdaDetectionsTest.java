package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** The respond function over the SDK, invoked as EventBridge invokes it. */
class LambdaDetectionsTest {
    private static final String INVOCATION = "/2015-03-31/functions/backstop-respond%3Alive/invocations";
    private static final Detection DETECTION = new Detection(
            Records.rule("mass-deletion", "", Response.ALERT, Response.REVOKE).because("Seen: 10 calls."),
            Records.call("ec2", "DeleteVolume", "null", "null"));

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    @Test
    void handsOverWhatAnEventBridgeRuleWouldHaveSentAndDoesNotWait() {
        lambda.stubFor(post(INVOCATION).willReturn(aResponse().withStatus(202)));

        hand();

        lambda.verify(postRequestedFor(urlEqualTo(INVOCATION)).withHeader("X-Amz-Invocation-Type", equalTo("Event")));
        String sent = lambda.getAllServeEvents().getFirst().getRequest().getBodyAsString();
        assertEquals(DETECTION, Detection.of(Json.read(sent), "payload"));
    }

    @Test
    void whatCouldNotBeHandedOverEscapes() {
        lambda.stubFor(post(INVOCATION)
                .willReturn(aResponse()
                        .withStatus(404)
                        .withHeader("X-Amzn-ErrorType", "ResourceNotFoundException")
                        .withBody("{\"Message\": \"Function not found\"}")));

        assertThrows(ResourceNotFoundException.class, this::hand);
    }

    private void hand() {
        new LambdaDetections(StubbedAws.clients(lambda).lambda(), "backstop-respond:live").hand(DETECTION);
    }
}
