package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Journal.Claim;
import dev.backstop.core.port.Remakes;
import dev.backstop.core.port.Remakes.Order;
import dev.backstop.core.port.Roles.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was reverted is made again once, by whoever may, and undone by nobody after. */
class RemakerTest {
    private static final String KEY = Stage.CALL.eventId() + "#" + Stage.OPENED.id();
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final Rule CHANGED =
            Records.rule("role-policy-changed", "restore-role-permissions", Response.ALERT, Response.REVERT);

    private final Stage stage = new Stage();

    @Test
    void iamIsMadeAgainByWhatMayWriteItAndOnAgentRolesAlone() {
        Order order = order(attached());
        assertEquals(order, Order.of(Json.read(Json.write(order.toJson())), "payload"));
        Outcome outcome = stage.remaker.remake(order).getFirst();

        assertEquals(Status.APPLIED, outcome.status(), outcome::message);
        assertEquals("operator", outcome.rule());
        assertEquals(Set.of(ADMIN), stage.aws.attachments().of(Holder.role("deployer")));
    }

    @Test
    void aRevertThatIsStillGoingOnIsNotMadeAgain() {
        stage.responder().respond(Stage.DETECTION, "first");
        Map<String, String> notes = stage.journal.notes(KEY);
        Stage other = new Stage();
        other.journal.claim(KEY, "running", Limits.LEASE, Json.object());
        notes.forEach((name, note) -> other.journal.note(KEY, name, note));

        Outcome outcome = other.remaker.remake(order(KEY)).getFirst();

        assertEquals(Status.FAILED, outcome.status());
        assertEquals("it is still being undone: ask again in some minutes", outcome.message());
    }

    @Test
    void aRevertThatFailedInPartIsNotTriedAgainOnceItIsMadeAgain() {
        stage.journal.claim(KEY, "failed", Limits.LEASE, Json.object());
        stage.journal.note(KEY, "again: revoke", "[]");
        stage.journal.release(KEY, List.of());
        stage.journal.note(KEY, "again: stop i-1", start());
        stage.remaker.remake(order(KEY));

        assertTrue(stage.responder().respond(Stage.DETECTION, "failed").duplicate());
        assertEquals(2, stage.aws.securityGroups().rules("sg-1").size());
    }

    @Test
    void whatAnotherRuleFoundInTheSameCallIsNotTriedAgainEither() {
        String other = Stage.CALL.eventId() + "#other";
        stage.journal.claim(other, "failed", Limits.LEASE, Json.object());
        stage.journal.release(other, List.of());
        stage.responder().respond(Stage.DETECTION, "first");

        stage.remaker.remake(order(KEY, other));

        assertEquals(2, stage.aws.securityGroups().rules("sg-1").size());
        assertEquals(new Claim.Done(List.of()), stage.journal.claim(other, "failed", Limits.LEASE, Json.object()));
    }

    @Test
    void whatAnotherRuleIsStillUndoingOfTheSameCallIsWaitedFor() {
        String other = Stage.CALL.eventId() + "#other";
        stage.responder().respond(Stage.DETECTION, "first");
        stage.journal.claim(other, "running", Limits.LEASE, Json.object());

        assertEquals(
                "it is still being undone: ask again in some minutes",
                stage.remaker.remake(order(KEY, other)).getFirst().message());
        assertEquals(1, stage.aws.securityGroups().rules("sg-1").size());
    }

    @Test
    void nothingIsBegunOnceWhoeverAskedHasToHaveTheAnswer() {
        stage.responder().respond(Stage.DETECTION, "first");
        Order order = order(KEY);
        stage.now = order.until();

        List<Outcome> late = stage.remaker.remake(order);

        assertEquals("no time was left for it: ask again", late.getFirst().message());
        assertEquals(Status.FAILED, late.getFirst().status());
        assertEquals(1, stage.aws.securityGroups().rules("sg-1").size());
    }

    @Test
    void noStepOfAFindingIsBegunAfterEither() {
        stage.journal.claim(KEY, "first", Limits.LEASE, Json.object());
        stage.journal.close(KEY, List.of());
        stage.journal.note(KEY, "again: stop i-1", start());
        stage.journal.note(KEY, "again: stop i-2", start().replace("i-1", "i-2"));
        Remaker slow = new Remaker(
                _ -> {
                    stage.pass(Duration.ofMinutes(5));
                    return stage.aws;
                },
                stage.journal,
                _ -> List.of(),
                stage,
                stage::pass);

        List<Outcome> outcomes = slow.remake(order(KEY));

        assertEquals(List.of("start i-1", "make again what was undone of " + KEY), steps(outcomes));
        assertEquals(List.of("start i-1", "start i-2"), steps(stage.remaker.remake(later())));
    }

    @Test
    void whoeverMayInvokeWhatWritesIamHasNothingMadeAgainThatNobodyClaimed() {
        String finding = attached();

        Outcome outcome = stage.reverter.remake(order(finding)).getFirst();

        assertEquals(Status.REFUSED, outcome.status());
        assertTrue(outcome.message().startsWith("nobody has claimed it"), outcome::message);
        assertEquals(Set.of(), stage.aws.attachments().of(Holder.role("deployer")));
    }

    @Test
    void ofIamOnlyWhatIsLeftIsMadeAgain() {
        String finding = attached();
        Outcome made = stage.remaker.remake(order(finding)).getFirst();
        stage.aws.attachments().detach(Holder.role("deployer"), ADMIN);
        String other = attached("e-2");
        stage.journal.claim(other + "#again", "operator-1", Limits.LEASE, Json.object());
        stage.journal.release(other + "#again", List.of(made));
        stage.journal.claim(other + "#again", "operator-1", Limits.LEASE, Json.object());

        assertEquals(List.of(), stage.reverter.remake(order(other)));
        assertEquals(Set.of(), stage.aws.attachments().of(Holder.role("deployer")), "a person took it away since");
    }

    @Test
    void anOrderWithoutAnEndIsNone() {
        var json = order(KEY).toJson();
        json.remove("until");
        String message = String.valueOf(assertThrows(BadInputException.class, () -> Order.of(json, "input"))
                .getMessage());
        assertTrue(message.contains("until: is missing"), message);
    }

    @Test
    void whoeverMayWriteIamAndDoesNotAnswerIsAFailureThatIsSaid() {
        Remakes broken = _ -> {
            throw new IllegalStateException("throttled");
        };
        stage.journal.claim(KEY, "first", Limits.LEASE, Json.object());
        stage.journal.close(KEY, List.of());
        stage.journal.note(KEY, "again: set", start().replace("AWS::EC2::Instance", "AWS::IAM::User"));
        Remaker remaker = new Remaker(_ -> stage.aws, stage.journal, broken, stage, stage::pass);

        assertEquals(
                "what may write IAM did not answer: throttled",
                remaker.remake(order(KEY)).getFirst().message());
    }

    @Test
    void notesThatAnotherVersionWroteAreSaidToBe() {
        stage.journal.claim(KEY, "first", Limits.LEASE, Json.object());
        stage.journal.note(KEY, "again: x", "[{\"kind\":\"ShareDisk\"}]");
        assertTrue(stage.remaker.remake(order(KEY)).getFirst().message().endsWith("make the change again by hand"));
    }

    /** Has it reverted that a session attached a policy, and says the finding's key. */
    private String attached() {
        stage.aws.roles().create(new Role("arn:aws:iam::" + Records.ACCOUNT + ":role/agents/deployer", "AROA1"));
        stage.aws.attachments().create(Holder.role("deployer"));
        return attached(Stage.CALL.eventId());
    }

    private String attached(String event) {
        stage.aws.attachments().attach(Holder.role("deployer"), ADMIN);
        ObjectNode json = Records.call(
                        "iam",
                        "AttachRolePolicy",
                        "{\"roleName\":\"deployer\",\"policyArn\":\"" + ADMIN + "\"}",
                        "null")
                .json()
                .deepCopy();
        CloudTrailRecord call = CloudTrailRecord.of(json.put("eventID", event), "test");
        stage.responder().respond(new Detection(CHANGED, call), "first");
        assertEquals(Set.of(), stage.aws.attachments().of(Holder.role("deployer")));
        return event + "#" + CHANGED.id();
    }

    private static List<String> steps(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::step).toList();
    }

    private static String start() {
        return "[{\"kind\":\"StartInstance\",\"fields\":{\"resource\":{\"type\":\"AWS::EC2::Instance\",\"id\":\"i-1\","
                + "\"region\":\"us-east-1\",\"account\":\"" + Records.ACCOUNT + "\"}}}]";
    }

    @Test
    void aNoteThatCannotBeReadKeepsNoOtherFindingFromBeingMadeAgain() {
        stage.responder().respond(Stage.DETECTION, "first");
        stage.journal.claim("e-0#r", "first", Limits.LEASE, Json.object());
        stage.journal.note("e-0#r", "again: x", "[{\"kind\":\"StartInstance\",\"fields\":null}]");

        List<Outcome> outcomes = stage.remaker.remake(order("e-0#r", KEY));

        assertEquals(
                List.of(Status.FAILED, Status.APPLIED),
                outcomes.stream().map(Outcome::status).toList());
    }

    private Order later() {
        return new Order(List.of(KEY), Mode.ENFORCE, "operator-2", stage.now.plusSeconds(240));
    }

    private static Order order(String... findings) {
        return new Order(
                List.of(findings),
                Mode.ENFORCE,
                "operator-1",
                Instant.parse(Records.TIME).plusSeconds(240));
    }
}
