package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.Routes;
import dev.backstop.core.Severity;
import dev.backstop.core.Urgency;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people hear of, and what they hear when it is over. */
class GroupedAlertsTest {
    private final Stage stage = new Stage();
    private final Incidents incidents = new LocalIncidents(stage);
    private final GroupedAlerts alerts = new GroupedAlerts(stage.outbox, incidents, Routes.DEFAULT);
    private final IncidentSweep sweep = new IncidentSweep(incidents, stage.revocations, stage.outbox, stage);
    private int events;

    @Test
    void whatIsOnlyRecordedIsNeitherSentNorCounted() {
        Finding info = finding().lowered(Severity.INFO, Set.of(Response.ALERT), "it is nothing");

        alerts.send(Alert.of(info, Mode.ENFORCE, List.of(), stage.now));

        assertEquals(List.of(), stage.outbox.alerts());
        assertEquals(List.of(), incidents.open());
    }

    @Test
    void furtherFindingsAreSaidWithTheNextMessage() {
        send(Status.APPLIED);
        send(Status.APPLIED);
        send(Status.APPLIED);
        stage.pass(Incidents.WINDOW);
        send(Status.APPLIED);

        List<Alert> sent = stage.outbox.alerts();
        assertEquals(
                List.of(1, 4),
                sent.stream().map(alert -> alert.incident().findings()).toList());
        assertEquals(2, sent.getLast().incident().summarised());
        assertEquals(sent.getFirst().incident().id(), sent.getLast().incident().id());
        assertEquals(Urgency.NOTIFY, sent.getFirst().urgency());
    }

    @Test
    void whatCouldNotBeContainedPagesEveryTime() {
        send(Status.APPLIED);
        send(Status.FAILED);
        send(Status.FAILED);

        assertEquals(
                List.of(Urgency.NOTIFY, Urgency.PAGE, Urgency.PAGE),
                stage.outbox.alerts().stream().map(Alert::urgency).toList());
    }

    @Test
    void thatAKillDoesNotHoldIsSaidEveryTime() {
        for (int i = 0; i < 3; i++) {
            alerts.send(Alert.of(
                    new Finding(
                            GuardRules.KILL_NOT_EFFECTIVE,
                            call("e-" + i),
                            finding().session()),
                    Mode.ENFORCE,
                    List.of(outcome(Status.APPLIED)),
                    stage.now));
        }

        assertEquals(3, stage.outbox.alerts().size());
        assertTrue(stage.outbox.alerts().stream().allMatch(alert -> alert.urgency() == Urgency.PAGE));
    }

    @Test
    void whatAPersonDidJoinsTheIncidentAndOpensNone() {
        Alert restored = GuardRules.alert(
                GuardRules.OPERATOR_RESTORED,
                "ref",
                "backstop:operator-restore",
                finding().session(),
                List.of(),
                stage.now);
        alerts.send(restored);
        assertEquals(List.of(), incidents.open());

        send(Status.APPLIED);
        alerts.send(restored);

        List<Alert> sent = stage.outbox.alerts();
        assertEquals(3, sent.size());
        assertEquals(sent.get(1).incident().id(), sent.get(2).incident().id());
        assertEquals(1, sent.get(2).incident().findings());
    }

    @Test
    void nothingIsLostWhereTellingFails() {
        GroupedAlerts mute = new GroupedAlerts(
                _ -> {
                    throw new IllegalStateException("SNS is down");
                },
                incidents,
                Routes.DEFAULT);
        Alert alert = alert(Status.APPLIED);
        assertThrows(IllegalStateException.class, () -> mute.send(alert));

        alerts.send(alert);
        alerts.send(alert);

        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(1, stage.outbox.alerts().getFirst().incident().findings());
    }

    @Test
    void whatNobodyCameBackToTellTheSweepTells() {
        GroupedAlerts mute = new GroupedAlerts(
                _ -> {
                    throw new IllegalStateException("SNS is down");
                },
                incidents,
                Routes.DEFAULT);
        assertThrows(IllegalStateException.class, () -> mute.send(alert(Status.FAILED)));
        sweep.run();
        assertEquals(List.of(), stage.outbox.alerts(), "whoever was to tell may still come back");

        stage.pass(Incidents.LEASE);
        sweep.run();
        sweep.run();

        Alert said = stage.outbox.alerts().getFirst();
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(Urgency.PAGE, said.urgency(), "as urgent as the message that was lost");
        assertEquals(1, said.incident().summarised());
        assertFalse(said.incident().closing());
        assertTrue(
                said.rule().why().contains("1 x " + Stage.OPENED.id() + " on sg-1"),
                said.rule().why());
    }

    @Test
    void anIncidentIsClosedOnceItsSessionIsRevokedAndQuiet() {
        send(Status.APPLIED);
        send(Status.APPLIED);
        stage.revocations.keep(new Revoked(
                finding().session(), "sess_a8f3b21c", stage.now, stage.now, null, "why", "backstop", null, List.of()));
        stage.pass(IncidentSweep.QUIET.minusSeconds(1));
        sweep.run();
        assertEquals(1, incidents.open().size());
        stage.pass(Duration.ofSeconds(1));
        sweep.run();
        sweep.run();

        assertEquals(List.of(), incidents.open());
        Alert closing = stage.outbox.alerts().getLast();
        assertEquals(3, stage.outbox.alerts().size(), "opened, summed up while it was open, and closed");
        assertTrue(closing.incident().closing());
        assertEquals(2, closing.incident().findings());
        assertEquals("incident-closed", closing.rule().id());
    }

    @Test
    void aClosingMessageThatGotLostIsSentByTheNextSweep() {
        send(Status.APPLIED);
        stage.pass(Duration.ofHours(13));
        IncidentSweep mute = new IncidentSweep(
                incidents,
                stage.revocations,
                _ -> {
                    throw new IllegalStateException("SNS is down");
                },
                stage);
        assertThrows(IllegalStateException.class, mute::run);

        sweep.run();
        sweep.run();

        assertEquals(2, stage.outbox.alerts().size());
        assertTrue(stage.outbox.alerts().getLast().incident().closing());
    }

    @Test
    void driftIsOneIncidentAResourceWhoeverChangedItAndClosesAfterAQuietDay() {
        for (String group : List.of("sg-1", "sg-2", "sg-1")) {
            CloudTrailRecord drift = CloudTrailRecord.of(Json.read("""
                    {"eventID":"drift-%d","eventTime":"%s","eventSource":"config.amazonaws.com","eventName":"Drift",
                     "awsRegion":"us-east-1","recipientAccountId":"111122223333","userIdentity":{"type":"unknown"},
                     "requestParameters":{"instanceId":"%s"}}""".formatted(events++, stage.now, group)), "test");
            Finding finding = new Finding(Stage.OPENED, drift, AgentSelector.DEFAULT.session(drift));
            alerts.send(Alert.of(finding, Mode.ENFORCE, List.of(outcome(Status.APPLIED)), stage.now));
        }
        assertEquals(2, stage.outbox.alerts().size());
        assertEquals(
                Set.of(
                        "111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-1",
                        "111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-2"),
                incidents.open().stream().map(Incidents.Case::subject).collect(Collectors.toSet()));

        stage.pass(Duration.ofHours(23));
        sweep.run();
        assertEquals(2, incidents.open().size());
        stage.pass(Duration.ofHours(1));
        sweep.run();

        assertEquals(List.of(), incidents.open());
        assertEquals(
                2,
                stage.outbox.alerts().stream()
                        .filter(alert -> alert.incident().closing())
                        .count());
    }

    @Test
    void whoeverWasPagedHearsThatItIsOver() {
        send(Status.FAILED);
        stage.pass(Duration.ofHours(13));
        sweep.run();

        assertEquals(Urgency.PAGE, stage.outbox.alerts().getLast().urgency());
    }

    private void send(Status status) {
        alerts.send(alert(status));
    }

    private Alert alert(Status status) {
        Finding finding =
                new Finding(Stage.OPENED, call("e-" + events++), finding().session());
        return Alert.of(finding, Mode.ENFORCE, List.of(outcome(status)), stage.now);
    }

    private static Finding finding() {
        return new Finding(Stage.OPENED, Stage.CALL, AgentSelector.DEFAULT.session(Stage.CALL));
    }

    private static Outcome outcome(Status status) {
        return Samples.outcome(status, "as it was");
    }

    /** The call of the stage under another event id. */
    private static CloudTrailRecord call(String eventId) {
        ObjectNode json = Stage.CALL.json().deepCopy();
        return CloudTrailRecord.of(json.put("eventID", eventId), "test");
    }
}
