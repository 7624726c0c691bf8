package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Outliving;
import dev.backstop.core.Records;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.TimelineEntry.Kind;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person asks of the kill switch, and what comes of it. */
class OnCallTest {
    private static final String ROLE = "agent-deploy-role";

    private final Stage stage = new Stage();
    private final LocalRoles roles = new LocalRoles();
    private final SessionLookup lookup = new SessionLookup(stage.sessions, roles, AgentSelector.DEFAULT, stage);
    private final OnCall onCall = onCall(Presumption.NONE);

    @Test
    void aDryRunShowsThePolicyAndWritesNothing() {
        List<Outcome> outcomes = onCall.revoke(asked("sess_a8f3b21c").put("dryRun", true));

        assertEquals(List.of(Status.OBSERVED), statuses(outcomes));
        JsonNode document = Json.read(String.valueOf(outcomes.getFirst().document()));
        assertEquals("Deny", document.path("Statement").path(0).path("Effect").asText());
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(List.of(), stage.outbox.alerts());
        assertEquals(List.of(), stage.timeline.of("sess_a8f3b21c"));

        onCall.revoke(asked("sess_a8f3b21c"));
        assertEquals(document, Json.read(policy("BackstopRevoke-sess_a8f3b21c")), "what was shown is what is written");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'reason':'r','operator':'o'} | session: is missing",
                "{'session':'','reason':'r','operator':'o'} | session: is missing",
                "{'session':{},'reason':'r','operator':'o'} | session: is missing",
                "{'session':' ','reason':'r','operator':'o'} | session: is no id, ARN or access key",
                "{'session':'a\\nb','reason':'r','operator':'o'} | session: is no id, ARN or access key",
                "{'session':'s','operator':'o'} | reason: is missing",
                "{'session':'s','reason':'  ','operator':'o'} | reason: is empty",
                "{'session':'s','reason':'r'} | operator: is missing",
                "{'session':'s','reason':'r','operator':'o','dryRun':'yes'} | dryRun: is true or false, without quotes",
                "{'session':'s','reason':'r','operator':'o','dryRun':1} | dryRun: is true or false, without quotes",
                "{'all':true,'reason':'r','operator':'o'} | confirm: is not true",
                "{'all':true,'confirm':true,'reason':'r','operator':'o'} | session: is missing: nobody can stop everybody",
                "{'role':'r','reason':'r','operator':'o'} | role: goes with \"all\": true",
                "{'role':'r','all':true,'reason':'r','operator':'o'} | confirm: is not true",
                "{'role':'r','all':true,'confirm':true,'session':'s','reason':'r','operator':'o'} | role: goes with",
                "{'role':'gone','all':true,'confirm':true,'reason':'r','operator':'o'} | role: there is no role gone",
                "{'all':true,'session':'s','confirm':true,'reason':'r','operator':'o'} | all: does not go with session",
                "[] | session: is missing",
            })
    void whatIsMissingOrWrongIsNamed(String request, String said) {
        JsonNode json = Json.read(request.replace('\'', '"'));
        String message = String.valueOf(
                assertThrows(BadInputException.class, () -> onCall.revoke(json)).getMessage());
        assertTrue(message.startsWith("input: " + said), message);
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
    }

    @Test
    void aWholeRoleIsStoppedAndGoesOnAgainButForWhoIsDeniedByName() {
        roles.create(new Role("arn:aws:iam::111122223333:role/agent-deploy-role", "AROAEXAMPLE"));
        SessionContext another = new SessionContext("AROAEXAMPLE:other", null, null, stage.now);
        SessionContext named =
                new SessionContext("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", stage.now);
        onCall.revoke(asked("sess_a8f3b21c"));

        ObjectNode all = asked("").put("role", ROLE).put("all", true).put("confirm", true);
        all.remove("session");
        assertEquals(List.of(Status.APPLIED), statuses(onCall.revoke(all)));
        assertTrue(stage.aws.rolePolicies().denies(ROLE, another));
        assertTrue(AlertText.body(stage.outbox.alerts().getLast()).contains("every session of agent-deploy-role"));

        assertTrue(onCall.restore(all).stream().allMatch(Outcome::contained));
        assertFalse(stage.aws.rolePolicies().denies(ROLE, another));
        assertTrue(stage.aws.rolePolicies().denies(ROLE, named), "who is denied by name stays denied");
    }

    @Test
    void theDenyOfAWholeRoleIsPutBackAndEndsLikeAnyOther() {
        roles.create(new Role(Records.ROLE, "AROAEXAMPLE"));
        Sweep sweep = new Sweep(stage.aws, stage.known, AgentSelector.DEFAULT, stage.outbox, stage, stage::pass);
        onCall.revoke(wholeRole());
        assertEquals(1, stage.revocations.all().size());
        onCall.revoke(wholeRole());
        assertEquals(1, stage.revocations.all().size(), "asked again, it is the same");
        assertEquals(List.of(), sweep.run("sweep-1"));

        stage.aws.rolePolicies().delete(ROLE, "BackstopRevokeRole");
        stage.pass(Duration.ofHours(1));
        assertEquals(List.of(Status.APPLIED), statuses(sweep.run("sweep-2")));
        assertEquals(Set.of("BackstopRevokeRole"), stage.aws.rolePolicies().names(ROLE));

        stage.pass(Duration.ofHours(14));
        assertEquals(List.of(Status.APPLIED), statuses(sweep.run("sweep-3")));
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void aWholeRoleThatIsLetGoOnIsNotDeniedAgain() {
        roles.create(new Role(Records.ROLE, "AROAEXAMPLE"));
        onCall.revoke(wholeRole());
        onCall.restore(wholeRole());
        assertEquals(List.of(), stage.revocations.all());
        onCall.revoke(wholeRole());
        onCall.revoke(asked("sess_a8f3b21c"));
        ObjectNode everything = wholeRole();
        everything.remove("role");
        assertTrue(onCall.restore(everything).stream().allMatch(Outcome::contained));
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void aDryRunOfAWholeRoleLeavesNothingBehind() {
        roles.create(new Role(Records.ROLE, "AROAEXAMPLE"));
        onCall.revoke(wholeRole().put("dryRun", true));
        assertEquals(List.of(), stage.revocations.all());
    }

    private static ObjectNode wholeRole() {
        ObjectNode all = asked("").put("role", ROLE).put("all", true).put("confirm", true);
        all.remove("session");
        return all;
    }

    @Test
    void aReasonThatNobodyWouldReadIsRefused() {
        ObjectNode request = asked("sess_a8f3b21c").put("reason", "x".repeat(1001));
        assertThrows(BadInputException.class, () -> onCall.revoke(request));
    }

    @Test
    void blanksAroundWhatWasPastedDoNotMatter() {
        assertEquals(List.of(Status.APPLIED), statuses(onCall.revoke(asked("  sess_a8f3b21c\n"))));
        assertEquals(List.of(Status.APPLIED), statuses(onCall.restore(asked(" sess_a8f3b21c "))));
    }

    @Test
    void theTimelineKeepsWhoAskedAndWhy() {
        onCall.revoke(asked("sess_a8f3b21c"));
        onCall.restore(asked("sess_a8f3b21c"));

        List<TimelineEntry> entries = stage.timeline.of("sess_a8f3b21c");
        assertTrue(entries.stream().allMatch(entry -> entry.kind() == Kind.OPERATOR), entries::toString);
        assertEquals(
                List.of(
                        "maria asked, operator-revoke: deleting things",
                        "maria asked, operator-restore: deleting things"),
                entries.stream()
                        .map(TimelineEntry::what)
                        .filter(what -> what.startsWith("maria"))
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void everybodyGoesOnWhenThatIsConfirmedAndEachTimelineKnows() {
        AgentSession other = keep("sess_other");
        onCall.revoke(asked("sess_a8f3b21c"));
        onCall.revoke(asked("sess_other"));
        ObjectNode request =
                Json.object().put("all", true).put("reason", "false alarm").put("operator", "maria");

        assertThrows(BadInputException.class, () -> onCall.restore(request));
        List<Outcome> dry = onCall.restore(request.deepCopy().put("dryRun", true));
        assertEquals(List.of(Status.OBSERVED, Status.OBSERVED), statuses(dry));
        assertEquals(2, stage.revocations.all().size());

        List<Outcome> outcomes = onCall.restore(request.put("confirm", true));
        assertEquals(List.of(Status.APPLIED, Status.APPLIED), statuses(outcomes));
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
        assertEquals(List.of(), stage.revocations.all());
        assertTrue(stage.timeline.of(other.id()).getLast().at().equals(stage.now));
        assertEquals(List.of(), onCall.restore(request), "nothing left to do is success");
    }

    @Test
    void aDryRunForgetsNothingThoughNothingIsLeftToLift() {
        onCall.revoke(asked("sess_a8f3b21c"));
        stage.aws.rolePolicies().delete(ROLE, "BackstopRevoke-sess_a8f3b21c");

        List<Outcome> dry = onCall.restore(asked("sess_a8f3b21c").put("dryRun", true));

        assertEquals(List.of(Status.ALREADY_DONE), statuses(dry));
        assertEquals(1, stage.revocations.all().size(), "the deny that somebody took away is still to be put back");
        onCall.restore(asked("sess_a8f3b21c"));
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void whoIsPresumedIsDeniedAndLetGoOnWithoutHavingBeenSeen() {
        roles.create(new Role(Records.ROLE, "AROAEXAMPLE"));
        OnCall presuming = onCall(text -> List.of(
                new AgentSession(text, Records.ROLE, text, "AROAEXAMPLE:" + text, null, text, null, null, null, null)));

        assertEquals(List.of(Status.APPLIED), statuses(presuming.revoke(asked("sess_unseen"))));
        assertTrue(policy("BackstopRevoke-sess_unseen").contains("aws:SourceIdentity"));

        stage.revocations.all().forEach(stage.revocations::forget);
        assertEquals(List.of(Status.APPLIED), statuses(presuming.restore(asked("sess_unseen"))));
        assertEquals(Set.of(), stage.aws.rolePolicies().names(ROLE));
    }

    @Test
    void keysGoOnThoughTheRevocationWasNotWrittenDown() {
        stage.aws.accessKeys().create("eve", "AKIAEVE");
        stage.timeline.keep("sess_a8f3b21c", List.of(made()));
        onCall.revoke(asked("sess_a8f3b21c"));
        assertFalse(stage.aws.accessKeys().active("eve", "AKIAEVE").orElseThrow());
        for (Revoked revoked : stage.revocations.all()) {
            stage.revocations.forget(revoked);
        }

        onCall.restore(asked("sess_a8f3b21c").put("keys", true));

        assertTrue(stage.aws.accessKeys().active("eve", "AKIAEVE").orElseThrow());
    }

    @Test
    void whoIsNamedByAnArnIsFollowedByTheKeyThatTheRegistryKnows() {
        stage.aws.rolePolicies().createRole("child");
        String child = "arn:aws:iam::111122223333:role/agents/child";
        stage.sessions.keep(new AgentSession(
                "hop",
                child,
                "hop",
                "AROACHILD:hop",
                "ASIAHOP",
                null,
                null,
                null,
                stage.now,
                "ASIAEXAMPLE-sess_a8f3b21c"));
        String arn = "arn:aws:sts::111122223333:assumed-role/agent-deploy-role/sess_a8f3b21c";

        assertEquals(List.of(Status.APPLIED, Status.APPLIED), statuses(onCall.revoke(asked(arn))));
        assertEquals(Set.of("BackstopRevoke-hop"), stage.aws.rolePolicies().names("child"));
    }

    private OnCall onCall(Presumption presumption) {
        return new OnCall(stage.revoker, stage.known, lookup, stage.outbox, stage.outbox, stage, presumption);
    }

    private AgentSession keep(String id) {
        AgentSession session = IssuedSession.of(Records.issued(id, "sam", "shop"), AgentSelector.DEFAULT)
                .orElseThrow();
        stage.sessions.keep(session);
        return session;
    }

    private TimelineEntry made() {
        Outliving key = new Outliving(Outliving.Kind.ACCESS_KEY, "eve", "AKIAEVE");
        return new TimelineEntry(stage.now, Kind.CALL, "e-key", "iam:CreateAccessKey", "eve", null, key);
    }

    private String policy(String name) {
        return stage.aws.rolePolicies().get(ROLE, name).orElseThrow();
    }

    private static ObjectNode asked(String session) {
        return Json.object()
                .put("session", session)
                .put("reason", "deleting things")
                .put("operator", "maria");
    }

    private static List<Status> statuses(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::status).toList();
    }
}
