package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.port.Roles.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a person means by what is at hand. */
class SessionLookupTest {
    private final Stage stage = new Stage();
    private final LocalRoles roles = new LocalRoles();
    private final SessionLookup lookup = new SessionLookup(stage.sessions, roles, AgentSelector.DEFAULT, stage);
    private final AgentSession known = stage.sessions.withId("sess_a8f3b21c").getFirst();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sess_a8f3b21c",
                "ASIAEXAMPLE-sess_a8f3b21c",
                "AROAEXAMPLE:sess_a8f3b21c",
                "arn:aws:sts::111122223333:assumed-role/agent-deploy-role/sess_a8f3b21c"
            })
    void findsASessionByAnythingThatNamesIt(String text) {
        assertEquals(List.of(known), lookup.find(text));
    }

    @Test
    void anArnOfASessionThatNobodySawIsEnough() {
        roles.create(new Role("arn:aws:iam::111122223333:role/agents/deploy", "AROADEPLOY"));
        AgentSession found = lookup.find("arn:aws:sts::111122223333:assumed-role/deploy/sess_new")
                .getFirst();
        assertEquals("arn:aws:iam::111122223333:role/agents/deploy", found.roleArn());
        assertEquals("AROADEPLOY:sess_new", found.principalId());
        assertEquals("sess_new", found.sourceIdentity());
    }

    @Test
    void aSourceIdentityFindsItsOnlySessionAndListsSeveral() {
        stage.sessions.keep(identified("s-1", "ASIA1"));
        assertEquals("s-1", lookup.find("jordan@example.com").getFirst().id());

        stage.sessions.keep(identified("s-2", "ASIA2"));
        String said = refused("jordan@example.com");
        assertTrue(said.contains("s-1 (agent-deploy-role") && said.contains("s-2 ("), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sess_unknown", "ASIAUNKNOWN", "jordan", "AROAOTHER:sess_a8f3b21c"})
    void whatIsUnknownFindsNobody(String text) {
        assertEquals(List.of(), lookup.find(text));
        String said = String.valueOf(lookup.unknown(text).getMessage());
        assertTrue(said.contains(text) && said.contains("sess_a8f3b21c (agent-deploy-role, jordan"), said);
    }

    @Test
    void whatIsNoSessionIsToldWhatToDoInstead() {
        assertTrue(refused("AKIAIOSFODNN7EXAMPLE").contains("aws iam update-access-key"));
        assertTrue(refused("arn:aws:iam::111122223333:role/agents/deploy")
                .contains("{\"role\": \"deploy\", \"all\": true"));
        assertTrue(refused("arn:aws:sts::111122223333:assumed-role/gone/s").contains("there is no role gone"));
    }

    @Test
    void aSessionOfAnotherAccountIsNotTakenForOneOfTheSameNameHere() {
        roles.create(new Role("arn:aws:iam::111122223333:role/agents/deploy", "AROADEPLOY"));
        String said = refused("arn:aws:sts::444455556666:assumed-role/deploy/sess_new");
        assertTrue(said.contains("in account 444455556666, and this is 111122223333"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "sess\u0007", "sess_1\nsess_2"})
    void whatCannotBeANameIsRefused(String text) {
        assertTrue(refused(text).contains("is no id, ARN or access key"));
        assertTrue(refused("é".repeat(513)).contains("longer than 1024 bytes"));
    }

    private String refused(String text) {
        return String.valueOf(
                assertThrows(BadInputException.class, () -> lookup.find(text)).getMessage());
    }

    private static AgentSession identified(String id, String key) {
        return new AgentSession(
                id,
                Records.ROLE,
                id,
                "AROAEXAMPLE:" + id,
                key,
                "jordan@example.com",
                null,
                null,
                Instant.parse(Records.TIME),
                null);
    }
}
