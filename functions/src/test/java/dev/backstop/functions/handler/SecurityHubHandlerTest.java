package dev.backstop.functions.handler;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.functions.message.Alerts;
import dev.backstop.functions.message.Asff.Hub;
import dev.backstop.functions.sdk.SecurityHubFindings;
import dev.backstop.functions.sdk.StubbedAws;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;

/** The function on the bus: what the hub does not take fails it, so that Lambda tries again. */
class SecurityHubHandlerTest {
    @RegisterExtension
    private final WireMockExtension hub = StubbedAws.server();

    private final List<String> logged = new ArrayList<>();

    @Test
    void anAlertBecomesAFindingWhoseIdIsAnswered() throws IOException {
        hub.stubFor(post("/findings/import").willReturn(okJson("{\"FailedCount\": 0, \"SuccessCount\": 1}")));
        String id = handle(Alerts.message(Alerts.contained()).json())
                .path("finding")
                .asText();
        assertTrue(id.startsWith("eu-west-1/123456789012/backstop/security-group-opened-to-world/8b0f9d8e-"), id);
        assertEquals(List.of("{\"channel\":\"security-hub\",\"finding\":\"" + id + "\"}"), logged);
    }

    @Test
    void aRefusalFailsTheFunction() {
        hub.stubFor(post("/findings/import").willReturn(okJson("{\"FailedCount\": 1, \"SuccessCount\": 0}")));
        assertThrows(
                IllegalStateException.class,
                () -> handle(Alerts.message(Alerts.contained()).json()));
        assertEquals(List.of(), logged);
    }

    @Test
    void whatIsNoAlertIsRefused() {
        BadInputException error = assertThrows(BadInputException.class, () -> handle(Json.object()));
        assertTrue(String.valueOf(error.getMessage()).startsWith("input: detail: is no alert"), error.getMessage());
    }

    private JsonNode handle(JsonNode detail) throws IOException {
        SecurityHubFindings findings = new SecurityHubFindings(
                StubbedAws.clients(hub).ready(SecurityHubClient.builder()),
                new Hub("aws", "eu-west-1", "123456789012"));
        SecurityHubHandler handler = new SecurityHubHandler(findings, line -> logged.add(Json.write(line)));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String event = Json.write(Json.object().set("detail", detail));
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new TestContext());
        return Json.MAPPER.readTree(output.toByteArray());
    }
}
