package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.Routes;
import dev.backstop.core.Rule;
import dev.backstop.core.Urgency;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Tags;
import dev.backstop.functions.message.AlertText;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not reverted although it could be, and that the alert says so. */
class RestraintTest {
    private static final Rule OPENED = Records.rule(
            "security-group-opened-to-world", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);

    private final Stage stage = new Stage();

    @Test
    void aFightPagesThoughPeopleHaveHeardOfTheGroupBefore() {
        Outbox people = new Outbox();
        AlertChannel grouped = new GroupedAlerts(people, new LocalIncidents(stage), Routes.DEFAULT);
        for (int i = 1; i <= 9; i++) {
            stand();
            CloudTrailRecord record = call("e-" + i);
            stage.responder(stage.aws, grouped, stage.revoker).respond(new Detection(OPENED, record), record.eventId());
        }
        assertEquals(
                1,
                people.alerts().stream()
                        .filter(alert -> alert.urgency() == Urgency.PAGE)
                        .count());
    }

    @Test
    void duplicatesAndWhatIsOnlyObservedCountNothing() {
        stage.controls.set(Mode.OBSERVE);
        IntStream.rangeClosed(1, 9).forEach(this::fought);
        stage.controls.set(Mode.ENFORCE);
        IntStream.rangeClosed(1, 9).forEach(_ -> fought(1));
        assertEquals(Status.APPLIED, fought(2).status());
    }

    @Test
    void whatWasUndoneAlreadyCountsNothing() {
        stage.aws.securityGroups().revokeIngress("sg-1", Set.of("sgr-agent"));
        for (int i = 1; i <= 9; i++) {
            assertEquals(Status.ALREADY_DONE, respond(call("e-" + i)).status());
        }
        assertEquals(Status.APPLIED, fought(10).status());
    }

    @Test
    void aResourceThatATagExemptsIsLeftUntilThen() {
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", "2030-12-01"));
        Outcome outcome = respond(call("e-1"));
        assertEquals(Status.REFUSED, outcome.status());
        assertEquals("not reverted: exempt by tag until 2030-12-02T00:00:00Z", outcome.message());
        assertTrue(stands());
        assertEquals(1, stage.outbox.alerts().size());
        assertTrue(AlertText.body(stage.outbox.alerts().getFirst()).contains("exempt by tag until 2030-12-02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "forever", "2030-13-01", "2030-12-01T10:00", "01.12.2030", ""})
    void aTagThatSaysNoDateExemptsNothingAndTheAlertSaysSo(String value) {
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", value));
        Outcome outcome = respond(call("e-1"));
        assertEquals(Status.APPLIED, outcome.status());
        assertTrue(outcome.step().contains("backstop:exempt=" + value + " is no date"), outcome.step());
        assertTrue(AlertText.body(stage.outbox.alerts().getFirst()).contains("exempts nothing"));
        assertFalse(stands());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01", "2020-01-01T10:00Z", "2020-01-01T10:00:30+02:00"})
    void aTagThatHasRunOutExemptsNothing(String value) {
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", value));
        Outcome outcome = respond(call("e-1"));
        assertEquals(Status.APPLIED, outcome.status());
        assertTrue(outcome.step().endsWith("has run out)"), outcome.step());
    }

    @Test
    void aTagThatAnAgentSetExemptsNothing() {
        JsonNode request =
                Records.call("ec2", "CreateTags", """
                        {"resourcesSet": {"items": [{"resourceId": "sg-1"}]},
                         "tagSet": {"items": [{"key": "backstop:exempt", "value": "2030-12-01"}]}}
                        """, "{\"_return\": true}").json();
        new ActivityWatch(
                        stage.known,
                        AgentSelector.DEFAULT,
                        stage.revoker,
                        new KillProof(
                                stage.known, stage.revoker, stage.journal, stage.outbox, stage.outbox, stage, _ -> {}),
                        stage.forgedTags,
                        stage.windows(),
                        stage)
                .see(CloudTrailRecord.of(request, "test"));
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", "2030-12-01"));
        Outcome outcome = respond(call("e-1"));
        assertEquals(Status.APPLIED, outcome.status());
        assertTrue(outcome.step().contains("was set by the agent session sess_a8f3b21c"), outcome.step());

        // A person who sets another value means it.
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", "2030-12-05"));
        stand();
        assertEquals(Status.REFUSED, respond(call("e-2")).status());
    }

    @Test
    void whereTheTagsCannotBeReadNothingIsDoneAndTheRetryTriesAgain() {
        Responder blind = stage.responder(new Blind(stage.aws), stage.outbox, stage.revoker);
        Answer answer = blind.respond(new Detection(OPENED, call("e-1")), "one");
        assertTrue(answer.failed());
        assertTrue(stands());
        Answer mended = stage.responder().respond(new Detection(OPENED, call("e-1")), "one");
        assertEquals(Status.APPLIED, mended.outcomes().getFirst().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invokedBy", "sourceIPAddress"})
    void whatCloudFormationMadeIsLeftWithTheStacksName(String field) {
        stage.aws.tags().put("sg-1", Map.of("aws:cloudformation:stack-name", "shop"));
        Outcome outcome = respond(through(field, "cloudformation.amazonaws.com"));
        assertEquals(Status.REFUSED, outcome.status());
        assertTrue(outcome.message().contains("with stack shop;"), outcome.message());
        assertTrue(stands());
    }

    @Test
    void whoOnlySaysThatHeIsCloudFormationIsReverted() {
        assertEquals(
                Status.APPLIED,
                respond(through("userAgent", "cloudformation.amazonaws.com")).status());
    }

    @Test
    void whatAnotherServiceMadeForTheAgentIsReverted() {
        assertEquals(
                Status.APPLIED,
                respond(through("invokedBy", "autoscaling.amazonaws.com")).status());
    }

    @Test
    void configurationMayHaveStacksRevertedToo() {
        stage.limits = stage.limits.with(new RevertLimits(5, true));
        assertEquals(
                Status.APPLIED,
                respond(through("invokedBy", "cloudformation.amazonaws.com")).status());
    }

    private Outcome fought(int i) {
        stand();
        return respond(call("e-" + i));
    }

    private Outcome respond(CloudTrailRecord record) {
        return stage.responder()
                .respond(new Detection(OPENED, record), record.eventId())
                .outcomes()
                .getFirst();
    }

    private void stand() {
        stage.aws.securityGroups().put(new GroupRule("sgr-agent", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null));
    }

    private boolean stands() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .anyMatch(rule -> rule.ruleId().equals("sgr-agent"));
    }

    private static CloudTrailRecord call(String eventId) {
        ObjectNode json = Stage.CALL.json().deepCopy();
        return CloudTrailRecord.of(json.put("eventID", eventId), "test");
    }

    private static CloudTrailRecord through(String field, String service) {
        ObjectNode json = Stage.CALL.json().deepCopy();
        ObjectNode where = field.equals("invokedBy") ? (ObjectNode) json.path("userIdentity") : json;
        where.put(field, service);
        return CloudTrailRecord.of(json, "test");
    }

    private record Blind(LocalAws real) implements ForwardingAws {
        @Override
        public Tags tags() {
            return _ -> {
                throw new IllegalStateException("UnauthorizedOperation");
            };
        }
    }
}
