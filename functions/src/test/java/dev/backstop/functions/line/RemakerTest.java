package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.backstop.core.port.Remakes;
import dev.backstop.core.port.Remakes.Order;
import dev.backstop.core.port.Roles.Role;
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
        stage.aws.roles().create(new Role("arn:aws:iam::" + Records.ACCOUNT + ":role/agents/deployer", "AROA1"));
        stage.aws.attachments().create(Holder.role("deployer"));
        stage.aws.attachments().attach(Holder.role("deployer"), ADMIN);
        CloudTrailRecord call = Records.call(
                "iam", "AttachRolePolicy", "{\"roleName\":\"deployer\",\"policyArn\":\"" + ADMIN + "\"}", "null");
        stage.responder().respond(new Detection(CHANGED, call), "first");
        assertEquals(Set.of(), stage.aws.attachments().of(Holder.role("deployer")));

        Order order = order(call.eventId() + "#" + CHANGED.id());
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

    private static String start() {
        return "[{\"kind\":\"StartInstance\",\"fields\":{\"resource\":{\"type\":\"AWS::EC2::Instance\",\"id\":\"i-1\","
                + "\"region\":\"us-east-1\",\"account\":\"" + Records.ACCOUNT + "\"}}}]";
    }

    private static Order order(String finding) {
        return new Order(List.of(finding), Mode.ENFORCE, "operator-1");
    }
}
