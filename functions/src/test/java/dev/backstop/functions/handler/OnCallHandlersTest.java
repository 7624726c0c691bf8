package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.KillSwitch.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people on call invoke: revoke and restore. */
class OnCallHandlersTest {
    private final HandlerStage stage = new HandlerStage();

    @Test
    void aPersonStopsASessionByItsIdAndLetsItGoOn() throws IOException {
        AgentSession session = HandlerStage.known("sess_1");
        stage.sessions.keep(session);
        String request = "{\"session\":\"sess_1\",\"reason\":\"drill\",\"operator\":\"maria\"}";
        assertEquals(
                "applied",
                stage.call(stage.revoke, request).path(0).path("status").asText());
        assertEquals(Set.of("BackstopRevoke-sess_1"), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals("maria", stage.revocations.under("sess_1").getFirst().operator());
        assertEquals(
                "applied",
                stage.call(stage.restore(), request).path(0).path("status").asText());
        assertEquals(Set.of(), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(4, stage.outbox.events().size());
        assertEquals(2, stage.outbox.alerts().size(), "the others on call hear of it");
    }

    @Test
    void whatWasDoneToIamIsUndone() throws IOException {
        stage.aws.accessKeys().create("ci-bot", "AKIAAGENT");
        Rule rule =
                Records.rule("access-key-created", "deactivate-created-access-key", Response.ALERT, Response.REVERT);
        var record = Records.call(
                "iam",
                "CreateAccessKey",
                "{}",
                "{\"accessKey\":{\"accessKeyId\":\"AKIAAGENT\",\"userName\":\"ci-bot\"}}");
        var request = new IamReverts.Request(Records.finding(rule, record), Mode.ENFORCE);
        // By the function that hands it over.
        stage.journal.claim(request.finding().key(), "first", Duration.ofMinutes(1), Json.object());
        JsonNode outcomes = stage.call(stage.revoke, Json.write(request.toJson()));
        assertEquals("applied", outcomes.path(0).path("status").asText());
        assertEquals(Map.of("AKIAAGENT", false), stage.aws.accessKeys().of("ci-bot"));
    }

    @Test
    void aPersonExemptsAndAsksWhatIsExempt() throws IOException {
        stage.sessions.keep(HandlerStage.known("sess_1"));
        RestoreHandler restore = stage.restore();
        String request =
                "{\"exempt\":{\"session\":\"sess_1\"},\"minutes\":60,\"reason\":\"moving\",\"operator\":\"maria\"}";
        assertEquals("made", stage.call(restore, request).path("status").asText());
        assertEquals("{\"action\":\"soften\",\"status\":\"made\",\"dryRun\":false}", stage.logged.getLast());
        SessionsHandler handler = stage.sessionsHandler();
        assertEquals(
                "sess_1",
                stage.call(handler, "{\"exemptions\":true}")
                        .path("exemptions")
                        .path(0)
                        .path("of")
                        .asText());
        assertEquals("{\"incidents\":[]}", Json.write(stage.call(handler, "{\"incidents\":{}}")));
    }

    @Test
    void anOrderOfTheRespondFunctionIsObeyed() throws IOException {
        Order order =
                new Order(HandlerStage.known("sess_1"), "sess_1", Mode.ENFORCE, "e-1", null, "rule", "why", "backstop");
        JsonNode outcome = stage.call(stage.revoke, Json.write(order.toJson())).path(0);
        assertEquals("applied", outcome.path("status").asText());
        assertEquals("e-1", outcome.path("eventId").asText());
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        stage.assertRefused(stage.revoke, "{\"session\":\"sess_9\",\"reason\":\"r\",\"operator\":\"o\"}", "sess_9");
        stage.assertRefused(stage.revoke, "{\"session\":\"sess_9\",\"operator\":\"o\"}", "reason");
        stage.assertRefused(stage.restore(), "{\"session\":\"sess_9\",\"reason\":\"r\"}", "operator");
        stage.assertRefused(
                stage.restore(), "{\"session\":\"sess_9\",\"reason\":\"r\",\"operator\":\"o\"}", "is revoked");
    }
}
