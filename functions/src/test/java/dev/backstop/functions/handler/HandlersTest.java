package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalCanary;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalDetections;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.functions.line.ActivityWatch;
import dev.backstop.functions.line.BaselineWatch;
import dev.backstop.functions.line.DriftWatch;
import dev.backstop.functions.line.Drill;
import dev.backstop.functions.line.Exempting;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.IncidentDesk;
import dev.backstop.functions.line.IncidentReport;
import dev.backstop.functions.line.IncidentSweep;
import dev.backstop.functions.line.KillProof;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.OnCall;
import dev.backstop.functions.line.Planner;
import dev.backstop.functions.line.Resolving;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.SessionLookup;
import dev.backstop.functions.line.SessionReport;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.line.Sweep;
import dev.backstop.functions.line.TagApproval;
import dev.backstop.functions.line.WindowWatch;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.rules.WindowBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handlers over the local AWS, with input as Lambda gives it. */
class HandlersTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse(Records.TIME).plusSeconds(4));

    private final LocalAws aws = new LocalAws();
    private final LocalSessionRegistry sessions = new LocalSessionRegistry();
    private final LocalRevocations revocations = new LocalRevocations();
    private final LocalControls controls = new LocalControls(Mode.ENFORCE);
    private final Outbox outbox = new Outbox();
    private final List<String> logged = new ArrayList<>();
    private final Sessions known = new Sessions(sessions, new LocalTimeline(), revocations);
    private final Revoker revoker = new Revoker(aws, known, AgentSelector.DEFAULT, CLOCK, _ -> {});
    private final WindowWatch windows =
            new WindowWatch(WindowBook.empty(), known.timeline(), new LocalJournal(CLOCK), new LocalDetections());
    private final SessionLookup lookup = new SessionLookup(sessions, new LocalRoles(), AgentSelector.DEFAULT, CLOCK);
    private final OnCall onCall = new OnCall(revoker, known, lookup, outbox, outbox, CLOCK);
    private final LocalIncidents incidents = new LocalIncidents(CLOCK);
    private final IamReverter reverter = new IamReverter(
            aws, new Planner(new LocalHistory(), known.timeline()), AgentSelector.DEFAULT, Records.ACCOUNT, _ -> {});
    private final RevokeHandler revoke = new RevokeHandler(
            revoker,
            reverter,
            onCall,
            new Sweep(aws, known, AgentSelector.DEFAULT, outbox, CLOCK, _ -> {}),
            new IncidentSweep(new LocalIncidents(CLOCK), known.revocations(), outbox, CLOCK),
            line -> logged.add(Json.write(line)));
    private final TestContext context = new TestContext();

    @BeforeEach
    void createRole() {
        aws.rolePolicies().createRole("agent-deploy-role");
    }

    @Test
    void respondAnswersWithOutcomesAndLogsIdsOnly() throws IOException {
        JsonNode answer = call(respond(), Json.write(deleted()));
        assertEquals("alert", answer.path(0).path("action").asText());
        assertEquals(1, outbox.alerts().size());
        assertEquals(List.of("detected", "alerted"), measured(), "nothing was to be contained");
        assertEquals(3, logged.size(), "one line an outcome besides");
        assertTrue(logged.getLast().contains("\"event\":\"e-DeleteBucket\""), logged::toString);
        assertTrue(logged.stream().noneMatch(line -> line.contains("ASIA")), logged::toString);
    }

    @Test
    void theTimeUntilAllIsContainedIsMeasuredOnceItIs() throws IOException {
        Rule rule = Records.rule("role-policy-changed", "", Response.ALERT, Response.REVOKE);
        var record = Records.call("iam", "PutRolePolicy", "{\"roleName\":\"r\"}", "null");
        String input = Json.write(Detection.payload(rule, EventEnvelope.around(record)));
        controls.set(Mode.OBSERVE);
        call(respond(), input);
        assertEquals(List.of("detected", "alerted"), measured(), "mode observe contains nothing");
        controls.set(Mode.ENFORCE);
        call(respond(), input);
        assertEquals(List.of("detected", "alerted", "detected", "alerted", "contained"), measured());
        assertTrue(
                logged.stream()
                        .map(Json::read)
                        .filter(line -> line.has("measure"))
                        .allMatch(line -> line.path("seconds").isNumber()),
                logged::toString);
    }

    @Test
    void aHeartbeatIsAMeasureOfItsOwnAndNoFinding() throws IOException {
        String input = Json.write(Detection.payload(Heartbeat.RULE, EventEnvelope.around(Records.heartbeat())));
        assertEquals(List.of(), Json.items(call(respond(), input)));
        assertEquals(List.of("heartbeat"), measured());
        assertEquals(1, logged.size(), logged::toString);
    }

    @Test
    void aHeartbeatIsMadeAndWakesNobodyWhenItCannotBe() throws IOException {
        aws.rolePolicies().createRole("backstop-canary");
        LocalCanary canary =
                new LocalCanary(aws.rolePolicies(), "arn:aws:iam::111122223333:role/agents/backstop-canary", CLOCK);
        DrillHandler handler = new DrillHandler(
                new Drill(canary, revoker, revoker, outbox, outbox, CLOCK, _ -> {}),
                canary,
                line -> logged.add(Json.write(line)));
        assertEquals(
                "sent", call(handler, "{\"heartbeat\":true}").path("heartbeat").asText());
        assertEquals(true, call(handler, "{}").path("passed").asBoolean(), "asked for nothing else, it drills");

        revoker.revoke(new Order(
                canary.open(Heartbeat.SESSION).session(),
                Heartbeat.SESSION,
                Mode.ENFORCE,
                "e-1",
                null,
                "rule",
                "why",
                "maria"));
        JsonNode unsent = call(handler, "{\"heartbeat\":true}");
        assertEquals("not sent", unsent.path("heartbeat").asText());
        assertTrue(unsent.path("failure").asText().contains("is denied"), unsent::toString);
        assertEquals(List.of("drill"), measured(), "what was not heard is no measure");
    }

    private List<String> measured() {
        return logged.stream()
                .map(line -> Json.read(line).path("measure").asText())
                .filter(measure -> !measure.isEmpty())
                .toList();
    }

    @Test
    void respondRefusesWhatNoRuleSent() {
        BadInputException thrown = assertThrows(BadInputException.class, () -> call(respond(), "{\"detail\":{}}"));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("input: event: is missing"));
    }

    @Test
    void aFailedActionFailsTheInvocationSoThatLambdaTriesAgain() {
        Rule rule = Records.rule("role-policy-changed", "", Response.ALERT, Response.REVOKE);
        var record = Records.call("iam", "PutRolePolicy", "{\"roleName\":\"r\"}", "null");
        String input = Json.write(Detection.payload(rule, EventEnvelope.around(record)));
        RespondHandler broken = new RespondHandler(
                responder(order -> {
                    throw new IllegalStateException("throttled " + order.rule());
                }),
                HandlersTest::noDrift,
                _ -> {});
        assertThrows(ActionFailedException.class, () -> call(broken, input));
        assertEquals(1, outbox.alerts().size(), "people were told first");
    }

    @Test
    void baselinesAreKeptOfEveryEventAndOfAllThereIs() throws IOException {
        LocalBaselines baselines = new LocalBaselines();
        LocalApprovals approvals = new LocalApprovals();
        aws.securityGroups().put(new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, "10.0.0.0/16", null));
        BaselineHandler handler = new BaselineHandler(
                new BaselineWatch(
                        baselines,
                        new LocalInventory(aws, CLOCK),
                        new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
                        AgentSelector.DEFAULT,
                        CLOCK,
                        _ -> {}),
                approval(approvals),
                line -> logged.add(Json.write(line)));
        CloudTrailRecord record = Records.authorized(Records.item("sgr-1", 443, "10.0.0.0/16"));
        String event = Json.write(EventEnvelope.around(record));

        assertEquals("{\"groups\":1,\"instances\":0,\"kept\":1}", Json.write(call(handler, "{\"survey\":true}")));
        assertEquals(1, call(handler, event).path("kept").asInt(), "seen again after the change");
        assertEquals(
                0,
                call(handler, "{\"undoing\":true,\"event\":" + event + "}")
                        .path("groups")
                        .asInt());
        Baseline known = baselines.of(record(record), CLOCK.instant());
        assertTrue(known.changes().getFirst().undoing(), known::toString);
        assertTrue(logged.getFirst().contains("\"measure\":\"baseline\""), logged::toString);
    }

    private TagApproval approval(LocalApprovals approvals) {
        return new TagApproval(approvals, new LocalInventory(aws, CLOCK), AgentSelector.DEFAULT, CLOCK);
    }

    private static Resource record(CloudTrailRecord record) {
        return new Resource("AWS::EC2::SecurityGroup", "sg-1", record.region(), record.account());
    }

    @Test
    void sessionsAreKeptAndABrokenMessageGoesBackAlone() throws IOException {
        String record = Json.write(EventEnvelope.around(Records.issued("sess_1", "jordan", "api")));
        var batch = Json.object();
        batch.putArray("Records").add(message("good", record)).add(message("bad", "{\"detail\":"));
        KillProof proof = new KillProof(known, revoker, new LocalJournal(CLOCK), outbox, outbox, CLOCK, _ -> {});
        SessionsHandler handler = new SessionsHandler(
                new ActivityWatch(known, AgentSelector.DEFAULT, revoker, proof, new LocalForgedTags(), windows, CLOCK),
                new SessionReport(known, lookup, CLOCK),
                desk(),
                line -> logged.add(Json.write(line)));

        JsonNode answer = call(handler, Json.write(batch));
        assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}", Json.write(answer));
        assertEquals("jordan", sessions.withId("sess_1").getFirst().developer());

        assertEquals(
                "sess_1",
                call(handler, "{}").path("sessions").path(0).path("id").asText());
        assertEquals(
                "issued",
                call(handler, "{\"session\":\"sess_1\"}")
                        .path("timeline")
                        .path(0)
                        .path("kind")
                        .asText());
        assertRefused(handler, "{\"session\":\"sess_9\"}", "sess_1 (agent-deploy-role, jordan");
        assertRefused(handler, "{\"hours\":\"two\"}", "hours: is a whole number from 1 to 168");
        assertRefused(handler, "{\"hours\":0}", "hours: is a whole number from 1 to 168");
        assertRefused(handler, "{\"hours\":2000}", "hours: is a whole number from 1 to 168");
    }

    @Test
    void aPersonStopsASessionByItsIdAndLetsItGoOn() throws IOException {
        AgentSession session = known("sess_1");
        sessions.keep(session);
        String request = "{\"session\":\"sess_1\",\"reason\":\"drill\",\"operator\":\"maria\"}";
        assertEquals("applied", call(revoke, request).path(0).path("status").asText());
        assertEquals(Set.of("BackstopRevoke-sess_1"), aws.rolePolicies().names("agent-deploy-role"));
        assertEquals("maria", revocations.under("sess_1").getFirst().operator());
        assertEquals(
                "applied",
                call(new RestoreHandler(revoker, onCall, desk(), line -> logged.add(Json.write(line))), request)
                        .path(0)
                        .path("status")
                        .asText());
        assertEquals(Set.of(), aws.rolePolicies().names("agent-deploy-role"));
        assertEquals(List.of(), revocations.all());
        assertEquals(4, outbox.events().size());
        assertEquals(2, outbox.alerts().size(), "the others on call hear of it");
    }

    @Test
    void whatWasDoneToIamIsUndone() throws IOException {
        aws.accessKeys().create("ci-bot", "AKIAAGENT");
        Rule rule =
                Records.rule("access-key-created", "deactivate-created-access-key", Response.ALERT, Response.REVERT);
        var record = Records.call(
                "iam",
                "CreateAccessKey",
                "{}",
                "{\"accessKey\":{\"accessKeyId\":\"AKIAAGENT\",\"userName\":\"ci-bot\"}}");
        var request = new IamReverts.Request(Records.finding(rule, record), Mode.ENFORCE);
        JsonNode outcomes = call(revoke, Json.write(request.toJson()));
        assertEquals("applied", outcomes.path(0).path("status").asText());
        assertEquals(Map.of("AKIAAGENT", false), aws.accessKeys().of("ci-bot"));
    }

    @Test
    void aPersonExemptsAndAsksWhatIsExempt() throws IOException {
        sessions.keep(known("sess_1"));
        RestoreHandler restore = new RestoreHandler(revoker, onCall, desk(), line -> logged.add(Json.write(line)));
        String request =
                "{\"exempt\":{\"session\":\"sess_1\"},\"minutes\":60,\"reason\":\"moving\",\"operator\":\"maria\"}";
        assertEquals("made", call(restore, request).path("status").asText());
        assertEquals("{\"action\":\"soften\",\"status\":\"made\",\"dryRun\":false}", logged.getLast());
        KillProof proof = new KillProof(known, revoker, new LocalJournal(CLOCK), outbox, outbox, CLOCK, _ -> {});
        SessionsHandler handler = new SessionsHandler(
                new ActivityWatch(known, AgentSelector.DEFAULT, revoker, proof, new LocalForgedTags(), windows, CLOCK),
                new SessionReport(known, lookup, CLOCK),
                desk(),
                line -> logged.add(Json.write(line)));
        assertEquals(
                "sess_1",
                call(handler, "{\"exemptions\":true}")
                        .path("exemptions")
                        .path(0)
                        .path("of")
                        .asText());
        assertEquals("{\"incidents\":[]}", Json.write(call(handler, "{\"incidents\":{}}")));
    }

    @Test
    void anOrderOfTheRespondFunctionIsObeyed() throws IOException {
        Order order = new Order(known("sess_1"), "sess_1", Mode.ENFORCE, "e-1", null, "rule", "why", "backstop");
        JsonNode outcome = call(revoke, Json.write(order.toJson())).path(0);
        assertEquals("applied", outcome.path("status").asText());
        assertEquals("e-1", outcome.path("eventId").asText());
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        assertRefused(revoke, "{\"session\":\"sess_9\",\"reason\":\"r\",\"operator\":\"o\"}", "sess_9");
        assertRefused(revoke, "{\"session\":\"sess_9\",\"operator\":\"o\"}", "reason");
        assertRefused(
                new RestoreHandler(revoker, onCall, desk(), line -> logged.add(Json.write(line))),
                "{\"session\":\"sess_9\",\"reason\":\"r\"}",
                "operator");
        assertRefused(
                new RestoreHandler(revoker, onCall, desk(), line -> logged.add(Json.write(line))),
                "{\"session\":\"sess_9\",\"reason\":\"r\",\"operator\":\"o\"}",
                "is revoked");
    }

    @Test
    void primingRunsTheLineAndEveryAdapterAndSendsNothing() {
        Settings settings = Settings.of(Map.ofEntries(
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("BACKSTOP_ACCOUNT", Records.ACCOUNT),
                Map.entry("BACKSTOP_TABLE", "backstop"),
                Map.entry("BACKSTOP_TOPIC_ARN", "arn:aws:sns:us-east-1:111122223333:backstop-alerts"),
                Map.entry("BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live"),
                Map.entry("BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live"),
                Map.entry("BACKSTOP_RESPOND_FUNCTION", "backstop-respond:live"),
                Map.entry("BACKSTOP_CANARY_ROLE", "arn:aws:iam::111122223333:role/agents/backstop-canary"),
                Map.entry("BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}"),
                Map.entry("BACKSTOP_AGENTS", Json.write(AgentSelector.DEFAULT.toJson())),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")));
        // A transport that sends would fail here: the address is one that nobody has.
        Deployed deployed = new Deployed(settings, SdkClients.of("us-east-1", URI.create("http://192.0.2.1:1")));
        deployed.responder();
        deployed.primed();
    }

    private void assertRefused(RequestStreamHandler handler, String input, String named) {
        BadInputException thrown = assertThrows(BadInputException.class, () -> call(handler, input));
        assertTrue(String.valueOf(thrown.getMessage()).contains(named), thrown.getMessage());
    }

    private RespondHandler respond() {
        return new RespondHandler(responder(revoker), HandlersTest::noDrift, line -> logged.add(Json.write(line)));
    }

    private static DriftWatch noDrift() {
        throw new AssertionError("nothing asked for drift");
    }

    private Responder responder(dev.backstop.core.port.KillSwitch killSwitch) {
        Line line = new Line(
                _ -> aws,
                sessions,
                known.timeline(),
                new LocalJournal(CLOCK),
                controls,
                new LocalHistory(),
                killSwitch,
                reverter,
                new Restraints(new LocalBreaker(), new LocalForgedTags()),
                outbox,
                outbox);
        return new Responder(line, AgentSelector.DEFAULT, Limits.in(Records.ACCOUNT), CLOCK, _ -> {});
    }

    private static AgentSession known(String id) {
        return IssuedSession.of(Records.issued(id, "jordan", "api"), AgentSelector.DEFAULT)
                .orElseThrow();
    }

    private static JsonNode deleted() {
        var record = Records.call("s3", "DeleteBucket", "{\"bucketName\":\"b\"}", "null");
        return Detection.payload(Records.rule("bucket-deleted", "", Response.ALERT), EventEnvelope.around(record));
    }

    private JsonNode call(RequestStreamHandler handler, String input) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), output, context);
        return Json.read(output.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode message(String id, String body) {
        return Json.object().put("messageId", id).put("body", body);
    }

    private IncidentDesk desk() {
        LocalJournal journal = new LocalJournal(CLOCK);
        IncidentReport report = new IncidentReport(incidents, journal, known.timeline(), CLOCK);
        IncidentSweep closing = new IncidentSweep(incidents, known.revocations(), outbox, CLOCK);
        Exempting.Home home = new Exempting.Home(Records.ACCOUNT, "us-east-1");
        return new IncidentDesk(
                report,
                new Exempting(controls, lookup, known.timeline(), outbox, outbox, home, CLOCK),
                new Resolving(incidents, report, closing, journal, known, onCall, outbox, CLOCK));
    }
}
