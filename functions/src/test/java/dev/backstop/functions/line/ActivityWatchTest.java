package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Records;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Revocations.DeactivatedKey;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of sessions: who descends from whom, what they leave behind, and whether a kill holds. */
class ActivityWatchTest {
    private static final String CHILD_ROLE = "arn:aws:iam::111122223333:role/agents/child";
    private static final String FOREIGN_ROLE = "arn:aws:iam::111122223333:role/data-reader";

    private final Stage stage = new Stage();
    private final AgentSession root = stage.sessions.withId("sess_a8f3b21c").getFirst();
    private final List<ObjectNode> measured = new ArrayList<>();
    private final KillProof proof =
            new KillProof(stage.known, stage.revoker, stage.journal, stage.outbox, stage.outbox, stage, measured::add);
    private final ActivityWatch watch = new ActivityWatch(
            stage.known, AgentSelector.DEFAULT, stage.revoker, proof, stage.forgedTags, stage.windows(), stage);

    ActivityWatchTest() {
        stage.aws.rolePolicies().createRole("child");
    }

    @Test
    void aKillFollowsTheSessionIntoTheRolesItAssumed() {
        watch.see(assumed(root.accessKeyId(), CHILD_ROLE, "hop", "ASIACHILD"));
        watch.see(assumed("ASIACHILD", FOREIGN_ROLE, "hop2", "ASIAGRAND"));

        List<Outcome> outcomes = kill(root);

        assertEquals(List.of("applied", "applied", "refused"), words(outcomes));
        assertEquals(Set.of("BackstopRevoke-hop"), stage.aws.rolePolicies().names("child"));
        assertTrue(outcomes.get(2).message().contains("data-reader"), outcomes.get(2)::message);
        assertEquals(3, stage.revocations.under(root.id()).size(), "who cannot be denied is on the list all the same");
    }

    @Test
    void aSessionBornOfARevokedOneIsStoppedWhenItsRecordArrives() {
        kill(root);

        List<Outcome> outcomes = watch.see(assumed(root.accessKeyId(), CHILD_ROLE, "late", "ASIALATE"));

        assertEquals(List.of("applied"), words(outcomes));
        assertEquals(Set.of("BackstopRevoke-late"), stage.aws.rolePolicies().names("child"));
        assertEquals(root.id(), find("late").root());
        assertEquals(List.of("applied"), words(watch.see(assumed("ASIALATE", CHILD_ROLE, "later", "ASIALATER"))));
        assertEquals(root.id(), find("later").root(), "restored with the one that began it");
    }

    @Test
    void aKillOfAWholeRoleFollowsItsSessionsIntoOtherRolesAndSoDoesTheRestore() {
        watch.see(assumed(root.accessKeyId(), CHILD_ROLE, "hop", "ASIACHILD"));
        watch.see(assumed("ASIACHILD", CHILD_ROLE, "hop2", "ASIAGRAND"));
        watch.see(assumed("ASIAELSEWHERE", CHILD_ROLE, "own", "ASIAOWN"));
        AgentSession everyone = AgentSession.everyoneOn(Records.ROLE);

        assertEquals(List.of("applied", "applied", "applied"), words(stage.revoker.revokeRole(order(everyone))));
        assertEquals(
                Set.of("BackstopRevoke-hop", "BackstopRevoke-hop2"),
                stage.aws.rolePolicies().names("child"));

        stage.revoker.restoreRole(Records.ROLE, Mode.ENFORCE, "r-1");
        assertEquals(Set.of(), stage.aws.rolePolicies().names("child"));
        assertEquals(List.of(), stage.revocations.all());
    }

    @ParameterizedTest
    @CsvSource({
        "agent-deploy-role, -600, agents/child,      applied", // issued before the kill
        "agent-deploy-role,  600, agents/child,      applied", // the deny holds for credentials of the next minutes
        "agent-deploy-role, 1200, agents/child,      ''",
        "agents/other,      -600, agents/child,      ''",
        "agent-deploy-role, -600, agent-deploy-role, ''", // denied with the role
    })
    void whoIsBornOfARoleThatIsDeniedAsAWholeIsStopped(String by, long issued, String role, String words) {
        AgentSession everyone = AgentSession.everyoneOn(Records.ROLE);
        stage.revoker.revokeRole(order(everyone));
        CloudTrailRecord record = assumedBy("""
                {"type":"AssumedRole","accessKeyId":"ASIAUNSEEN","principalId":"AROAEXAMPLE:unseen","sessionContext":{
                 "sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/%s"},
                 "attributes":{"creationDate":"%s"}}}""".formatted(by, stage.now.plusSeconds(issued)));
        ObjectNode json = record.json().deepCopy();
        ((ObjectNode) json.path("requestParameters")).put("roleArn", "arn:aws:iam::111122223333:role/" + role);

        List<Outcome> outcomes = watch.see(CloudTrailRecord.of(json, "test"));

        assertEquals(words, String.join(" ", words(outcomes)));
        if (!words.isEmpty()) {
            assertEquals(everyone.id(), find("NAME").root(), "restored with the role");
        }
    }

    @Test
    void aParentWhoseRecordComesAfterItsChildsIsFollowedAllTheSame() {
        kill(root);
        assertEquals(List.of(), watch.see(assumed("ASIAMIDDLE", CHILD_ROLE, "leaf", "ASIALEAF")));
        watch.see(assumed(root.accessKeyId(), CHILD_ROLE, "middle", "ASIAMIDDLE"));

        assertEquals(
                Set.of("BackstopRevoke-middle", "BackstopRevoke-leaf"),
                stage.aws.rolePolicies().names("child"));
    }

    @Test
    void aRevokedIdThatIsUsedAgainIsStoppedAgain() {
        kill(root);
        CloudTrailRecord again = issued(Records.ROLE.replace("agent-deploy-role", "agents/child"), "sess_a8f3b21c");

        assertEquals(List.of("applied", "already-done"), words(watch.see(again)));
        assertEquals(
                Set.of("BackstopRevoke-sess_a8f3b21c"), stage.aws.rolePolicies().names("child"));
    }

    @Test
    void aSessionNameThatAnyoneMayChooseStopsNobodyElse() {
        AgentSession plain = IssuedSession.of(
                        assumed("AKIAVENDOR", Records.ROLE, "claude", "ASIAPLAIN"), AgentSelector.DEFAULT)
                .orElseThrow();
        stage.sessions.keep(plain);
        kill(plain);

        assertEquals(List.of(), watch.see(assumed("AKIAVENDOR", CHILD_ROLE, "claude", "ASIAOTHER")));
        assertEquals(Set.of(), stage.aws.rolePolicies().names("child"));
    }

    @Test
    void whatTheSessionMadeIsCutOffOrNamed() {
        stage.aws.accessKeys().create("eve", "AKIAEVE");
        watch.see(call("iam", "CreateUser", "{\"userName\":\"eve\"}", "null", null));
        watch.see(keyMade("AKIAEVE"));

        List<Outcome> outcomes = kill(root);

        assertEquals(List.of("applied", "applied", "refused"), words(outcomes));
        assertEquals(false, stage.aws.accessKeys().active("eve", "AKIAEVE").orElseThrow());
        assertTrue(outcomes.get(2).step().contains("user eve"), outcomes.get(2)::step);
        assertEquals(
                List.of(new DeactivatedKey("eve", "AKIAEVE")), find(root.name()).keys());
    }

    @Test
    void aKeyThatIsMadeWhileTheKillSpreadsIsSwitchedOff() {
        kill(root);
        stage.aws.accessKeys().create("eve", "AKIALATE");

        watch.see(keyMade("AKIALATE"));

        assertEquals(false, stage.aws.accessKeys().active("eve", "AKIALATE").orElseThrow());
        assertEquals(
                List.of(new DeactivatedKey("eve", "AKIALATE")),
                find(root.name()).keys());
    }

    @Test
    void theFirstRefusedCallConfirmsTheKillOnce() {
        kill(root);
        stage.now = stage.now.plusSeconds(9);

        assertEquals(List.of("applied"), words(watch.see(denied("with an explicit deny in an identity-based policy"))));
        assertEquals(List.of(), watch.see(denied("with an explicit deny in an identity-based policy")));

        assertEquals(stage.now, find(root.name()).confirmedAt());
        String message = last().path("reason").asText();
        assertTrue(
                message.contains("confirmed")
                        && message.contains("13 s after the call")
                        && message.contains("9 s after the kill"),
                message);
        assertEquals(0, stage.outbox.alerts().size(), "what went well pages nobody");
        assertEquals(9, measured.getFirst().path("seconds").asInt());
    }

    @Test
    void whatTheAgentWasNeverAllowedProvesNothing() {
        kill(root);
        stage.now = stage.now.plusSeconds(9);
        assertEquals(
                List.of(), watch.see(denied("because no identity-based policy allows the ec2:RunInstances action")));
        assertEquals(null, find(root.name()).confirmedAt());
    }

    @Test
    void aCallThatSucceedsMinutesAfterTheKillPagesOnceAndTheDenyIsWrittenAgain() {
        kill(root);
        stage.now = stage.now.plusSeconds(60);
        assertEquals(List.of(), watch.see(call("s3", "ListBuckets", "null", "null", null)), "IAM may still spread it");
        stage.now = stage.now.plusSeconds(300);
        assertEquals(List.of(), watch.see(call("sts", "GetCallerIdentity", "null", "null", null)));
        stage.aws.rolePolicies().delete("agent-deploy-role", "BackstopRevoke-sess_a8f3b21c");

        assertEquals(List.of("applied"), words(watch.see(call("s3", "ListBuckets", "null", "null", null))));
        assertEquals(List.of(), watch.see(call("s3", "DeleteBucket", "null", "null", null)), "one page for them all");

        assertEquals(
                Set.of("BackstopRevoke-sess_a8f3b21c"), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(
                "kill-not-effective", stage.outbox.alerts().getFirst().rule().id());
    }

    @Test
    void aLaterSessionOfTheSameNameIsNoFailureOfTheKill() {
        kill(root);
        stage.now = stage.now.plusSeconds(3600);
        Instant later = stage.now.minusSeconds(30);
        assertEquals(List.of(), watch.see(call("s3", "ListBuckets", "null", "null", null, later)));
        assertEquals(List.of(), stage.outbox.alerts());
    }

    @Test
    void everyCallIsOnTheTimelineAndARecordTwiceIsThereOnce() {
        CloudTrailRecord listed = call("s3", "ListBuckets", "null", "null", null);
        watch.see(listed);
        watch.see(listed);
        assertEquals(
                List.of("s3:ListBuckets"),
                stage.timeline.of(root.id()).stream().map(TimelineEntry::what).toList());
    }

    @Test
    void whoVendsCredentialsToAgentsHasNoTimeline() {
        watch.see(assumedBy("{\"type\":\"AssumedRole\",\"principalId\":\"AROAV:vendor\",\"accessKeyId\":\"ASIAV\"}"));
        assertEquals(List.of(), stage.timeline.of("vendor"));
    }

    @Test
    void aSweepPutsBackWhatWasTakenAwayAndTakesAwayWhatIsOver() {
        kill(root);
        Sweep sweep = new Sweep(stage.aws, stage.known, AgentSelector.DEFAULT, stage.outbox, stage, stage::pass);
        assertEquals(List.of(), sweep.run("sweep-1"), "nothing to do");

        stage.aws.rolePolicies().delete("agent-deploy-role", "BackstopRevoke-sess_a8f3b21c");
        stage.now = stage.now.plusSeconds(3600);
        assertEquals(List.of("applied"), words(sweep.run("sweep-2")));
        assertEquals(
                Set.of("BackstopRevoke-sess_a8f3b21c"), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals("deny-removed", stage.outbox.alerts().getFirst().rule().id());

        stage.now = stage.now.plusSeconds(14 * 3600);
        assertEquals(List.of("applied"), words(sweep.run("sweep-3")));
        assertEquals(Set.of(), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void aRestoreLiftsTheWholeLineageAndTheKeysOnlyOnRequest() {
        stage.aws.accessKeys().create("eve", "AKIAEVE");
        watch.see(keyMade("AKIAEVE"));
        watch.see(assumed(root.accessKeyId(), CHILD_ROLE, "hop", "ASIACHILD"));
        kill(root);
        SessionLookup lookup = new SessionLookup(stage.sessions, new LocalRoles(), AgentSelector.DEFAULT, stage);
        OnCall onCall = new OnCall(stage.revoker, stage.known, lookup, stage.outbox, stage.outbox, stage);

        assertEquals(
                List.of("applied", "applied"),
                words(onCall.restore(
                        Json.read("{\"session\":\"sess_a8f3b21c\",\"reason\":\"r\",\"operator\":\"o\"}"))));
        assertEquals(Set.of(), stage.aws.rolePolicies().names("child"));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(false, stage.aws.accessKeys().active("eve", "AKIAEVE").orElseThrow());

        kill(root);
        onCall.restore(Json.read("{\"session\":\"sess_a8f3b21c\",\"reason\":\"r\",\"operator\":\"o\",\"keys\":true}"));
        assertEquals(true, stage.aws.accessKeys().active("eve", "AKIAEVE").orElseThrow());
    }

    @Test
    void aSecondKillOfASessionKeepsTheFirstOnesRecord() {
        kill(root);
        Instant first = find(root.name()).at();
        stage.now = stage.now.plusSeconds(30);
        assertEquals(List.of("already-done"), words(kill(root)));
        assertEquals(first, find(root.name()).at());
    }

    private List<Outcome> kill(AgentSession session) {
        return stage.revoker.revoke(order(session));
    }

    private Order order(AgentSession session) {
        return new Order(
                session,
                session.id(),
                Mode.ENFORCE,
                "e-kill",
                stage.now.minusSeconds(4),
                "a-rule",
                "for a test",
                "backstop");
    }

    private Revoked find(String name) {
        return stage.revocations.all().stream()
                .filter(revoked -> revoked.session().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode last() {
        return stage.outbox.events().getLast().detail();
    }

    private static List<String> words(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.status().word()).toList();
    }

    private CloudTrailRecord keyMade(String id) {
        return call(
                "iam",
                "CreateAccessKey",
                "{\"userName\":\"eve\"}",
                "{\"accessKey\":{\"accessKeyId\":\"" + id + "\",\"userName\":\"eve\"}}",
                null);
    }

    private CloudTrailRecord denied(String why) {
        return call("ec2", "RunInstances", "null", "null", "not authorized to perform: ec2:RunInstances " + why);
    }

    private CloudTrailRecord call(
            String service, String name, String request, String response, @Nullable String refused) {
        return call(
                service,
                name,
                request,
                response,
                refused,
                Instant.parse(Records.TIME).minusSeconds(600));
    }

    private CloudTrailRecord call(
            String service, String name, String request, String response, @Nullable String refused, Instant issuedAt) {
        var json = (ObjectNode) Records.record(service, name, request, response, stage.now.toString())
                .json();
        if (refused != null) {
            json.put("errorCode", "Client.UnauthorizedOperation").put("errorMessage", refused);
        }
        ((ObjectNode) json.path("userIdentity").path("sessionContext"))
                .putObject("attributes")
                .put("creationDate", issuedAt.toString());
        json.put("eventID", "e-" + service + name + stage.now);
        return CloudTrailRecord.of(json, "test");
    }

    private CloudTrailRecord issued(String roleArn, String session) {
        return CloudTrailRecord.of(
                Json.read(Json.write(
                                Records.issued(session, "jordan", "backend-api").json())
                        .replace(Records.ROLE, roleArn)
                        .replace("ASIAEXAMPLE-" + session + "\",\"expiration", "ASIAAGAIN\",\"expiration")),
                "test");
    }

    /** Credentials of a role issued to whoever signs with a key. */
    private CloudTrailRecord assumed(@Nullable String byKey, String roleArn, String name, String key) {
        return CloudTrailRecord.of(
                Json.read(Json.write(assumedBy("{\"type\":\"AssumedRole\",\"accessKeyId\":\"" + byKey + "\"}")
                                .json())
                        .replace(CHILD_ROLE, roleArn)
                        .replace("NAME", name)
                        .replace("ASIANEW", key)),
                "test");
    }

    private CloudTrailRecord assumedBy(String caller) {
        return CloudTrailRecord.of(Json.read("""
                        {"eventID":"e-NAME","eventTime":"%s","eventSource":"sts.amazonaws.com","eventName":"AssumeRole",
                         "awsRegion":"us-east-1","recipientAccountId":"111122223333","userIdentity":%s,
                         "requestParameters":{"roleArn":"%s","roleSessionName":"NAME"},
                         "responseElements":{"credentials":{"accessKeyId":"ASIANEW"},
                          "assumedRoleUser":{"assumedRoleId":"AROACHILD:NAME"}}}""".formatted(stage.now, caller, CHILD_ROLE)), "test");
    }
}
