package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Routes;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.port.Incidents;
import dev.backstop.functions.message.Schemas;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What on-call does with an incident: looks at it, resolves it, and exempts what is meant to be. */
class IncidentDeskTest {
    private static final String WHO = "\"reason\":\"moving it\",\"operator\":\"maria\"";

    private final Stage stage = new Stage();
    private final Incidents incidents = new LocalIncidents(stage);
    private final GroupedAlerts alerts = new GroupedAlerts(stage.outbox, incidents, Routes.DEFAULT);
    private final SessionLookup lookup =
            new SessionLookup(stage.sessions, new LocalRoles(), AgentSelector.DEFAULT, stage);
    private final OnCall onCall = new OnCall(stage.revoker, stage.known, lookup, alerts, stage.outbox, stage);
    private final LocalApprovals approvals = new LocalApprovals();
    private final IncidentReport report = new IncidentReport(incidents, stage.journal, stage.timeline, stage);
    private final IncidentDesk desk = new IncidentDesk(
            report,
            new Exempting(
                    stage.controls,
                    lookup,
                    stage.timeline,
                    alerts,
                    stage.outbox,
                    new Exempting.Home(Records.ACCOUNT, "us-east-1"),
                    stage),
            new Resolving(
                    incidents,
                    report,
                    new IncidentSweep(incidents, stage.revocations, stage.outbox, stage),
                    stage.journal,
                    stage.remaker,
                    approvals,
                    stage.known,
                    onCall,
                    alerts,
                    stage.outbox,
                    stage));

    @Test
    void anIncidentShowsItsFindingsWhatWasDoneAndTheTimeline() {
        String id = found();

        JsonNode listed = read("{\"incidents\":{}}").path("incidents");
        assertEquals(1, listed.size());
        assertEquals("open", listed.path(0).path("state").asText());
        JsonNode incident = read("{\"incident\":\"" + id + "\"}");
        assertEquals("jordan", incident.path("session").path("developer").asText());
        assertEquals(
                List.of("revoke", "revert"),
                Json.values(incident, "list.outcomes.action").reversed());
        assertEquals(
                "contained, contained",
                incident.path("list").path(0).path("ends").asText());
        assertEquals(
                stage.now.toString(),
                incident.path("list").path(0).path("toldAt").asText());
        assertEquals(3, incident.path("timeline").size());
        assertEquals(id, read("{\"incident\":\"sess_a8f3b21c\"}").path("id").asText());
    }

    @Test
    void anUnknownIncidentIsAnsweredWithThoseThatAreOpen() {
        String id = found();

        assertSays("those that are open are " + id + " (sess_a8f3b21c)", "{\"incident\":\"inc-0000000000\"}");
        assertSays("incidents.hours: is a whole number from 1 to 2160", "{\"incidents\":{\"hours\":0}}");
        assertTrue(desk.read(Json.object()).isEmpty());
        assertTrue(desk.change(Json.object()).isEmpty());
    }

    @Test
    void aFalsePositiveIsResolvedTheSessionGoesOnAndWhatWasUndoneIsPutBack() {
        String id = found();
        String request = "{\"resolve\":\"" + id + "\",\"falsePositive\":true,\"restore\":true," + WHO;

        JsonNode planned = change(request + ",\"dryRun\":true}");
        assertEquals("resolved", planned.path("status").asText());
        assertEquals(1, incidents.open().size(), "a dry run");
        assertEquals("observed", planned.path("restored").path(0).path("status").asText());
        JsonNode would = planned.path("again").path(0);
        assertEquals("observed", would.path("status").asText());
        assertEquals(
                "put back tcp 443 from 0.0.0.0/0 (was sgr-agent) into sg-1",
                would.path("step").asText());
        assertTrue(would.path("command").asText().startsWith("aws ec2 authorize-security-group-ingress"));
        assertEquals(1, rules().size());
        assertEquals(1, stage.outbox.alerts().size());

        JsonNode done = change(request + "}");

        assertEquals("closed", done.path("incident").path("state").asText());
        assertTrue(done.path("incident").path("closed").path("falsePositive").asBoolean());
        assertEquals("applied", done.path("restored").path(0).path("status").asText());
        assertFalse(done.path("revoked").asBoolean());
        assertEquals(Set.of(), stage.aws.rolePolicies().names("agent-deploy-role"));
        JsonNode undone = done.path("reverted").path(0);
        assertEquals(1, done.path("reverted").size());
        assertTrue(undone.path("again").asBoolean());
        assertFalse(undone.path("approved").asBoolean());
        JsonNode again = done.path("again").path(0);
        assertEquals("applied", again.path("status").asText(), again::toString);
        assertTrue(again.path("verified").asBoolean());
        assertEquals(Set.of("tcp 443 from 0.0.0.0/0", "tcp 80 from 0.0.0.0/0"), rules());
        assertEquals(
                List.of("operator-restore", "operator-put-back", "incident-closed"),
                stage.outbox.alerts().stream()
                        .skip(1)
                        .map(alert -> alert.rule().id())
                        .toList());
        assertTrue(timeline().contains("maria asked, operator-put-back: moving it"), timeline()::toString);
        assertEquals("sg-1", undone.path("resource").asText());
        assertTrue(
                undone.path("command").asText().contains("AttributeKey=EventId,AttributeValue=" + Stage.CALL.eventId()),
                undone.toString());
        Alert closing = stage.outbox.alerts().getLast();
        assertTrue(closing.incident().closing());
        assertTrue(closing.rule().why().startsWith("maria resolved it as a false positive: moving it."));
        assertTrue(timeline().stream().anyMatch(what -> what.startsWith("maria resolved " + id)));

        int sent = stage.outbox.alerts().size();
        assertEquals("was-closed", change(request + "}").path("status").asText());
        assertEquals(sent, stage.outbox.alerts().size(), "what was put back before is told once");
        assertEquals(2, rules().size());
        stage.aws.securityGroups().revokeIngress("sg-1", Set.of(last().ruleId()));
        assertEquals(
                "applied",
                change(request + "}").path("again").path(0).path("status").asText());
        assertEquals(1, rules().size(), "a person took it away since");
    }

    @Test
    void whatSomebodyChangedSinceIsNotOverwrittenAndIsAskedForAgain() {
        String id = found();
        stage.aws.securityGroups().delete("sg-1");
        String request = "{\"resolve\":\"" + id + "\",\"restore\":true," + WHO + "}";

        JsonNode again = change(request).path("again").path(0);
        assertEquals("refused", again.path("status").asText());
        assertEquals("the group is gone", again.path("message").asText());
        assertTrue(again.path("command").asText().startsWith("aws ec2 authorize-security-group-ingress"));

        stage.aws.securityGroups().put(new GroupRule("sgr-human", "sg-1", false, "tcp", 80, 80, "0.0.0.0/0", null));
        assertEquals(
                "applied", change(request).path("again").path(0).path("status").asText());
    }

    @Test
    void whatWasUndoneOnlyAfterItWasFirstToldIsPutBack() {
        stage.controls.set(Mode.OBSERVE);
        String id = found();
        stage.controls.set(Mode.ENFORCE);
        found();
        assertEquals(1, rules().size());

        JsonNode done = change("{\"resolve\":\"" + id + "\",\"restore\":true," + WHO + "}");

        assertEquals("applied", done.path("again").path(0).path("status").asText(), done::toString);
        assertEquals(1, done.path("reverted").size());
        assertEquals(2, rules().size());
    }

    @Test
    void whatWasUndoneLastIsPutBackFirst() {
        String id = found();
        stage.aws.securityGroups().put(new GroupRule("sgr-2", "sg-1", false, "tcp", 22, 22, "0.0.0.0/0", null));
        CloudTrailRecord second = Records.authorized(Records.item("sgr-2", 22, "0.0.0.0/0"));
        respond(((ObjectNode) second.json().deepCopy()).put("eventID", "e-2"));
        assertEquals(1, rules().size());

        JsonNode done = change("{\"resolve\":\"" + id + "\",\"restore\":true," + WHO + "}");

        assertEquals(
                List.of(
                        "put back tcp 22 from 0.0.0.0/0 (was sgr-2) into sg-1",
                        "put back tcp 443 from 0.0.0.0/0 (was sgr-agent) into sg-1"),
                Json.values(done, "again.step"));
    }

    @Test
    void whatAPersonApprovedOtherwiseIsSaidSinceDriftWouldUndoItAgain() {
        String id = found();
        Resource group = new Resource("AWS::EC2::SecurityGroup", "sg-1", "us-east-1", Records.ACCOUNT);
        approvals.keep(new Approval(group, Json.object(), stage.now, "maria", "as it is"));
        JsonNode done = change("{\"resolve\":\"" + id + "\",\"restore\":true," + WHO + "}");
        assertTrue(done.path("reverted").path(0).path("approved").asBoolean());
    }

    @Test
    void noRuleActsOnWhatWasPutBack() {
        change("{\"resolve\":\"" + found() + "\",\"restore\":true," + WHO + "}");
        assertEquals(2, rules().size());
        // Lambda tries a failed invocation again: it finds that the finding is over.
        assertTrue(stage.responder(stage.aws, alerts, stage.revoker)
                .respond(Stage.DETECTION, "first")
                .duplicate());
        assertEquals(2, rules().size());
    }

    @Test
    void withoutBeingAskedForTheSessionStaysRevoked() {
        JsonNode done = change("{\"resolve\":\"" + found() + "\"," + WHO + "}");

        assertTrue(done.path("revoked").asBoolean());
        assertEquals(0, done.path("restored").size());
        assertEquals(1, stage.revocations.all().size());
    }

    @Test
    void whatIsExemptIsRecordedAndNeitherActedOnNorToldUntilItIsOver() {
        JsonNode made = change("{\"exempt\":{\"session\":\"sess_a8f3b21c\"},\"minutes\":120," + WHO + "}");
        assertEquals("made", made.path("status").asText());
        String id = made.path("exemption").path("id").asText();
        assertEquals(1, stage.outbox.alerts().size(), "the others on call hear of it");
        assertEquals("Backstop Exemption", stage.outbox.events().getFirst().detailType());
        assertEquals(
                id,
                read("{\"exemptions\":true}")
                        .path("exemptions")
                        .path(0)
                        .path("id")
                        .asText());

        Answer answer = respond("e-exempt");
        assertEquals(1, answer.outcomes().size(), "the alert alone");
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(List.of(), incidents.open());
        assertEquals(2, stage.aws.securityGroups().rules("sg-1").size());
        assertTrue(timeline().getLast().contains("exempt until"), timeline()::toString);
        assertEquals(2, stage.outbox.events().size());

        assertEquals(
                "ended",
                change("{\"endExemption\":\"" + id + "\"," + WHO + "}")
                        .path("status")
                        .asText());
        assertEquals(
                "was-over",
                change("{\"endExemption\":\"" + id + "\"," + WHO + "}")
                        .path("status")
                        .asText());
        assertEquals(0, read("{\"exemptions\":true}").path("exemptions").size());
        respond("e-after");
        assertEquals(1, stage.aws.securityGroups().rules("sg-1").size());
        assertEquals(3, stage.outbox.alerts().size());
    }

    @Test
    void exemptingAgainMakesItLongerAndADryRunNothing() {
        String request = "{\"exempt\":{\"resource\":\"sg-1\"},\"minutes\":60," + WHO;
        assertEquals(
                "made", change(request + ",\"dryRun\":true}").path("status").asText());
        assertEquals(List.of(), stage.controls.exemptions());
        change(request + "}");
        stage.pass(Duration.ofMinutes(30));

        JsonNode again = change(request + "}");

        assertEquals("renewed", again.path("status").asText());
        assertEquals(1, stage.controls.exemptions().size());
        assertEquals(
                stage.now.plus(Duration.ofHours(1)).toString(),
                again.path("exemption").path("until").asText());
        assertEquals(
                stage.now.minus(Duration.ofMinutes(30)).toString(),
                again.path("exemption").path("from").asText());
    }

    @Test
    void whatIsWrongIsNamed() {
        assertSays(
                "minutes: is a whole number from 1 to 4320",
                "{\"exempt\":{\"rule\":\"a\"},\"minutes\":4321," + WHO + "}");
        assertSays("exempt: names one of session, rule and resource", "{\"exempt\":{},\"minutes\":5," + WHO + "}");
        assertSays(
                "exempt: names one of session, rule and resource",
                "{\"exempt\":{\"rule\":\"a\",\"resource\":\"b\"},\"minutes\":5," + WHO + "}");
        assertSays("exempt.rule: is no rule's id", "{\"exempt\":{\"rule\":\"A b\"},\"minutes\":5," + WHO + "}");
        assertSays(
                "exempt.resource: is no resource's",
                "{\"exempt\":{\"resource\":\"unknown\"},\"minutes\":5," + WHO + "}");
        assertSays("nothing is known as sess_9", "{\"exempt\":{\"session\":\"sess_9\"},\"minutes\":5," + WHO + "}");
        assertSays("operator: is missing", "{\"exempt\":{\"rule\":\"a\"},\"minutes\":5,\"reason\":\"r\"}");
        assertSays("there is no exemption ex-1; none holds", "{\"endExemption\":\"ex-1\"," + WHO + "}");
    }

    private Set<String> rules() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .map(GroupRule::words)
                .collect(Collectors.toSet());
    }

    private GroupRule last() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .filter(rule -> rule.fromPort() == 443)
                .findFirst()
                .orElseThrow();
    }

    /** Opens an incident by the call of the stage, and says its id. */
    private String found() {
        stage.responder(stage.aws, alerts, stage.revoker).respond(Stage.DETECTION, "first");
        return incidents.open().getFirst().id();
    }

    private Answer respond(String event) {
        return respond(((ObjectNode) Stage.CALL.json().deepCopy()).put("eventID", event));
    }

    private Answer respond(ObjectNode json) {
        json.put("eventTime", stage.now.toString());
        stage.pass(Duration.ofSeconds(1));
        var rule = Records.rule("opened", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);
        var record = CloudTrailRecord.of(json, "test");
        return stage.responder(stage.aws, alerts, stage.revoker).respond(new Detection(rule, record), "first");
    }

    private List<String> timeline() {
        return stage.timeline.of("sess_a8f3b21c").stream()
                .map(TimelineEntry::what)
                .toList();
    }

    private JsonNode read(String request) {
        return desk.read(Json.read(request)).orElseThrow();
    }

    /** Whatever it says on the bus is as published. */
    private JsonNode change(String request) {
        JsonNode answer = desk.change(Json.read(request)).orElseThrow();
        for (var event : stage.outbox.events()) {
            String schema = event.detail()
                    .path("schema")
                    .asText()
                    .replace("backstop.", "")
                    .replace('/', '-');
            assertEquals(List.of(), Schemas.mistakes(schema, event.detail()), event.detailType());
        }
        return answer;
    }

    private void assertSays(String part, String request) {
        JsonNode json = Json.read(request);
        BadInputException thrown = assertThrows(
                BadInputException.class,
                () -> desk.read(json).or(() -> desk.change(json)).orElseThrow());
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains(part), message);
    }
}
