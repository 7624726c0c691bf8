package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final Instant NOW = Instant.parse(Records.TIME);
    private static final AgentSession SESSION = IssuedSession.of(
                    Records.issued("sess_a8f3b21c", "jordan", "backend-api"), AgentSelector.DEFAULT)
            .orElseThrow();

    private final LocalAws aws = new LocalAws();

    @BeforeEach
    void createRole() {
        aws.rolePolicies().createRole("agent-deploy-role");
    }

    @Test
    void deniesThisSessionAndNoOtherOfTheRole() {
        apply(SESSION, NOW);
        assertTrue(denied("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", NOW.minusSeconds(60)));
        assertFalse(denied("AROAEXAMPLE:sess_c41d09e7", "sess_c41d09e7", NOW.minusSeconds(60)));
    }

    @Test
    void deniesCredentialsMintedWhileThePolicySpreadsButNoLaterSessionOfTheName() {
        apply(SESSION, NOW);
        assertTrue(denied("AROAEXAMPLE:sess_a8f3b21c", null, NOW.plus(Duration.ofMinutes(14))));
        assertFalse(denied("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", NOW.plus(Duration.ofMinutes(16))));
    }

    @Test
    void aSourceIdentityThatIsAPersonDoesNotStopAllThatPersonDoes() {
        AgentSession jordans = new AgentSession(
                "sess_a8f3b21c",
                Records.ROLE,
                "sess_a8f3b21c",
                "AROAEXAMPLE:sess_a8f3b21c",
                null,
                "jordan",
                null,
                null,
                null,
                null);
        apply(jordans, NOW);
        assertFalse(denied("AROAEXAMPLE:other", "jordan", NOW.minusSeconds(60)));
    }

    @Test
    void aSecondKillHasNothingToAddUntilTheFirstCutOff() {
        Optional<String> live = apply(SESSION, NOW);
        assertInstanceOf(
                Comparison.NothingLeft.class, deny(SESSION, NOW.plusSeconds(60)).compare(live));
        assertInstanceOf(
                Comparison.AsExpected.class,
                deny(SESSION, NOW.plus(Duration.ofMinutes(20))).compare(live));
    }

    @Test
    void aDenyOfAnotherSessionUnderTheSameNameIsNoCover() {
        AgentSession namesake = new AgentSession(
                "sess_a8f3b21c",
                Records.ROLE,
                "sess_a8f3b21c",
                "AROAOTHER:sess_a8f3b21c",
                null,
                null,
                null,
                null,
                null,
                null);
        Optional<String> live = apply(namesake, NOW);
        assertInstanceOf(Comparison.AsExpected.class, deny(SESSION, NOW).compare(live));
    }

    @Test
    void aRoleThatIsNoAgentRoleIsNotEditedButNamedWithTheCommand() {
        AgentSession child = new AgentSession(
                "sess_a8f3b21c",
                "arn:aws:iam::111122223333:role/deploy",
                "x",
                "AROAX:x",
                null,
                "sess_a8f3b21c",
                null,
                null,
                null,
                null);
        Plan.Refused refused =
                assertInstanceOf(Plan.Refused.class, Revocation.revoke(child, AgentSelector.DEFAULT, NOW));
        assertTrue(refused.why().contains("aws iam put-role-policy --role-name deploy"), refused.why());
    }

    @Test
    void aUserIsNoRoleSession() {
        AgentSession user = new AgentSession(
                "x", "arn:aws:iam::111122223333:user/agent-x", "x", "AIDAX", null, null, null, null, null, null);
        assertInstanceOf(Plan.Refused.class, Revocation.revoke(user, AgentSelector.DEFAULT, NOW));
    }

    @Test
    void restoreRemovesThePolicyAndTwiceIsSuccess() {
        apply(SESSION, NOW);
        Revoked revoked =
                new Revoked(SESSION, SESSION.id(), NOW, Revocation.cutOff(NOW), null, "why", "who", null, List.of());
        LiftDeny lift = assertInstanceOf(LiftDeny.class, Revocation.restore(revoked));
        lift.apply(aws, lift.read(aws));
        assertEquals(Set.of(), aws.rolePolicies().names("agent-deploy-role"));
        assertInstanceOf(Comparison.NothingLeft.class, lift.compare(lift.read(aws)));
    }

    private Optional<String> apply(AgentSession session, Instant now) {
        DenySession step = deny(session, now);
        step.apply(aws, step.read(aws));
        return step.read(aws);
    }

    private static DenySession deny(AgentSession session, Instant now) {
        Plan plan = Revocation.revoke(session, AgentSelector.DEFAULT, now);
        return assertInstanceOf(
                DenySession.class,
                assertInstanceOf(Plan.Steps.class, plan).steps().getFirst());
    }

    private boolean denied(String userId, String sourceIdentity, Instant issuedAt) {
        return aws.rolePolicies()
                .denies("agent-deploy-role", new SessionContext(userId, sourceIdentity, null, issuedAt));
    }
}
