package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Attachments.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreatedCredentialsTest {
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final Holder USER = Holder.user("ci-deploy");
    private static final Instant CALLED = Instant.parse(Records.TIME);

    private final LocalAws aws = new LocalAws();

    @BeforeEach
    void create() {
        aws.users().create("ci-deploy", "AIDA1");
        aws.attachments().create(USER);
    }

    @Test
    void theKeyThatTheCallCreatedIsMadeInactiveAndNoOther() {
        aws.accessKeys().create("ci-deploy", "AKIAAGENT");
        aws.accessKeys().create("ci-deploy", "AKIAHUMAN");
        Step<?> step = Steps.only(key("{\"accessKey\":{\"accessKeyId\":\"AKIAAGENT\",\"userName\":\"ci-deploy\","
                + "\"status\":\"Active\",\"createDate\":\"Nov 20, 2026, 10:15:00 AM\"}}"));
        Steps.undo(step, aws);
        assertEquals(
                Map.of("AKIAAGENT", false, "AKIAHUMAN", true), aws.accessKeys().of("ci-deploy"));
        assertTrue(Steps.refusal(key("null")).startsWith("Backstop does not undo"));
    }

    @Test
    void thePasswordThatTheCallSetIsTakenAway() {
        aws.users().setPassword("ci-deploy", CALLED);
        Steps.undo(Steps.only(password("CreateLoginProfile")), aws);
        assertEquals(Optional.empty(), aws.users().passwordSince("ci-deploy"));
    }

    @Test
    void aPasswordThatSomebodySetSinceStays() {
        aws.users().setPassword("ci-deploy", CALLED.plus(Duration.ofMinutes(3)));
        assertTrue(
                Steps.mustNot(Steps.only(password("CreateLoginProfile")), aws).contains("set another since"));
    }

    @Test
    void aFormerPasswordIsUnknownToEverybody() {
        assertTrue(Steps.refusal(password("UpdateLoginProfile")).contains("aws iam update-login-profile"));
    }

    @Test
    void aCreatedUserCannotSignInAndKeepsItsRightsAsEvidence() {
        everything();
        Step<?> step = Steps.only(created(false));
        assertEquals("active key AKIAAGENT, a password", Steps.show(step, aws));
        Steps.undo(step, aws);
        assertEquals(Map.of("AKIAAGENT", false), aws.accessKeys().of("ci-deploy"));
        assertEquals(Set.of(ADMIN), aws.attachments().of(USER));
    }

    @Test
    void aCreatedUserLosesItsRightsWhereThatIsAskedFor() {
        everything();
        Step<?> step = Steps.only(created(true));
        assertEquals(
                "active key AKIAAGENT, a password, " + ADMIN + ", policy inline, group admins", Steps.show(step, aws));
        Steps.undo(step, aws);
        assertEquals(Set.of(), aws.attachments().of(USER));
        assertEquals(Set.of(), aws.users().policies("ci-deploy"));
        assertEquals(Set.of(), aws.users().groups("ci-deploy"));
        assertEquals("nothing that lets it in", Steps.show(step, aws));
    }

    @Test
    void aUserThatIsGoneOrSomebodyElsesIsLeftAlone() {
        everything();
        aws.users().create("ci-deploy", "AIDA2");
        assertTrue(Steps.mustNot(Steps.only(created(false)), aws).contains("created another of its name"));
        aws.users().delete("ci-deploy");
        Steps.assertDone(Steps.only(created(true)), aws);
    }

    private void everything() {
        aws.accessKeys().create("ci-deploy", "AKIAAGENT");
        aws.users().setPassword("ci-deploy", CALLED);
        aws.attachments().attach(USER, ADMIN);
        aws.users().putPolicy("ci-deploy", "inline", "{}");
        aws.users().join("ci-deploy", "admins");
    }

    private static Plan key(String response) {
        return Steps.plan(
                new DeactivateCreatedKey(),
                Records.call("iam", "CreateAccessKey", "{\"userName\":\"ci-deploy\"}", response),
                null);
    }

    private static Plan password(String event) {
        return Steps.plan(
                new DeleteCreatedPassword(),
                Records.call("iam", event, "{\"userName\":\"ci-deploy\",\"passwordResetRequired\":false}", "null"),
                null);
    }

    private static Plan created(boolean strip) {
        String response = "{\"user\":{\"path\":\"/\",\"userName\":\"ci-deploy\",\"userId\":\"AIDA1\"}}";
        return Steps.plan(
                new DisableCreatedUser(strip),
                Records.call("iam", "CreateUser", "{\"userName\":\"ci-deploy\"}", response),
                null);
    }
}
