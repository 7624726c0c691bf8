package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.port.Canary.CanarySession;
import dev.backstop.functions.MotoServer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Canary sessions of a local AWS's STS; what Lambda answers them is stubbed, since moto takes a deny's conditions as true. */
class SdkCanaryTest {
    private static final String SETTINGS = "/2016-08-19/account-settings";

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    private final MotoServer server = MotoServer.fresh();
    private final SdkClients clients = server.clients();

    @Test
    void aSessionIsOpenedAsAgentsAreAndSignsItsCall() {
        CanarySession opened = open();
        answers(okJson("{}"));

        assertTrue(opened.call());
        assertEquals("sess_drill-1", opened.session().sourceIdentity());
        assertTrue(String.valueOf(opened.session().principalId()).endsWith(":sess_drill-1"));
        lambda.verify(getRequestedFor(urlEqualTo(SETTINGS))
                .withHeader(
                        "Authorization",
                        containing(String.valueOf(opened.session().accessKeyId()))));
    }

    @Test
    void aRefusedCallIsRefusedAndAnyOtherErrorIsNone() {
        CanarySession opened = open();
        answers(aResponse()
                .withStatus(403)
                .withHeader("X-Amzn-ErrorType", "AccessDeniedException")
                .withBody("{}"));
        assertFalse(opened.call());

        answers(aResponse()
                .withStatus(404)
                .withHeader("X-Amzn-ErrorType", "ServiceException")
                .withBody("{}"));
        assertThrows(LambdaException.class, opened::call);
    }

    /** moto knows dry runs; what it does not know is stubbed. */
    @Test
    void theHeartbeatIsADryRunThatLeavesNothingBehind() {
        int before = clients.ec2().describeSecurityGroups().securityGroups().size();
        open(server.endpoint()).beat();
        assertEquals(
                before, clients.ec2().describeSecurityGroups().securityGroups().size());
    }

    @Test
    void theHeartbeatIsMadeWithoutADefaultVpcAndFailsWhenItIsRefused() {
        CanarySession opened = open();
        ec2Answers(400, "VPCIdNotSpecified");
        opened.beat();
        ec2Answers(403, "UnauthorizedOperation");
        assertThrows(Ec2Exception.class, opened::beat);
    }

    private void ec2Answers(int status, String code) {
        lambda.stubFor(post(urlEqualTo("/"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("<Response><Errors><Error><Code>" + code
                                + "</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>")));
    }

    private CanarySession open() {
        return open(URI.create(lambda.baseUrl()));
    }

    private CanarySession open(URI endpoint) {
        String arn = clients.iam()
                .createRole(role -> role.path("/agents/")
                        .roleName("backstop-canary")
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"))
                .role()
                .arn();
        return new SdkCanary(clients, arn, endpoint).open("sess_drill-1");
    }

    private void answers(ResponseDefinitionBuilder answer) {
        lambda.stubFor(get(urlEqualTo(SETTINGS)).willReturn(answer));
    }
}
