package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.message.Alerts;
import dev.backstop.functions.message.Asff.Hub;
import dev.backstop.functions.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.SecurityHubException;

/** Findings over the SDK: on a local Security Hub, and against answers that only the real one gives. */
class SecurityHubFindingsTest {
    private static final Hub HUB = new Hub("aws", "eu-west-1", "123456789012");
    private static final Message FAILED = Alerts.message(Alerts.failed());

    @RegisterExtension
    private final WireMockExtension hub = StubbedAws.server();

    @Test
    void anAlertIsOneFindingHoweverOftenItIsTold() {
        SecurityHubClient client = MotoServer.fresh().clients().ready(SecurityHubClient.builder());
        SecurityHubFindings findings = new SecurityHubFindings(client, HUB);

        List<String> calls = SeenCalls.during(() -> findings.put(FAILED)).calls();
        findings.put(Alerts.message(Alerts.contained()));

        assertEquals(SecurityHubFindings.ACTIONS, java.util.Set.copyOf(calls), "what is declared is what is called");
        List<AwsSecurityFinding> kept = client.getFindings(request -> {}).findings();
        assertEquals(1, kept.size(), kept::toString);
        assertEquals("ARCHIVED", kept.getFirst().recordStateAsString(), "the later one counts");
        assertEquals(
                "AwsEc2SecurityGroup", kept.getFirst().resources().getFirst().type());
    }

    @Test
    void whatTheHubRefusesInAnAnswerThatIsNoErrorIsOne() {
        hub.stubFor(post("/findings/import").willReturn(okJson("""
                {"FailedCount": 1, "SuccessCount": 0, "FailedFindings": [
                  {"Id": "x", "ErrorCode": "InvalidInput", "ErrorMessage": "Finding does not adhere to the format"}]}""")));
        String said = String.valueOf(
                assertThrows(IllegalStateException.class, this::put).getMessage());
        assertTrue(said.contains("security-group-opened-to-world"), said);
        assertTrue(said.endsWith(": InvalidInput Finding does not adhere to the format"), said);
    }

    @Test
    void whatTheHubNeitherTookNorRefusedWasNotTaken() {
        hub.stubFor(post("/findings/import").willReturn(okJson("{\"FailedCount\": 0, \"SuccessCount\": 0}")));
        assertThrows(IllegalStateException.class, this::put);
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalException,        3",
        "503, ServiceUnavailable,       3",
        "429, LimitExceededException,   3",
        "429, TooManyRequestsException, 3",
        "401, InvalidAccessException,   1",
        "400, InvalidInputException,    1"
    })
    void whatMayPassIsTriedAgainAndThenEscapes(int status, String error, int times) {
        hub.stubFor(post("/findings/import")
                .willReturn(jsonResponse("{\"Message\": \"no\"}", status).withHeader("x-amzn-ErrorType", error)));
        assertThrows(SecurityHubException.class, this::put);
        hub.verify(times, postRequestedFor(urlEqualTo("/findings/import")));
    }

    private String put() {
        return new SecurityHubFindings(StubbedAws.clients(hub).ready(SecurityHubClient.builder()), HUB).put(FAILED);
    }
}
