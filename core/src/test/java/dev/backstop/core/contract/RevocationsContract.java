package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.Revocations.DeactivatedKey;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Revocations} does. */
public abstract class RevocationsContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00.123456789Z");
    private static final String DEPLOY = "arn:aws:iam::111122223333:role/agent-deploy-role";
    private static final String READER = "arn:aws:iam::111122223333:role/agents/data-reader";

    /** The same list on every call within a test. */
    protected abstract Revocations revocations();

    @Test
    protected void beginsEmpty() {
        assertEquals(List.of(), revocations().all());
        assertEquals(List.of(), revocations().under("sess_a"));
    }

    @Test
    protected void keepsOneForEachSessionAndRole() {
        Revoked one = revoked("sess_a", DEPLOY, "first");
        Revoked child = revoked("sess_a", READER, "first");
        Revoked other = revoked("sess_ab", DEPLOY, "first");
        List.of(one, child, other).forEach(revocations()::keep);

        assertEquals(Set.of(one, child), Set.copyOf(revocations().under("sess_a")));
        assertEquals(List.of(other), revocations().under("sess_ab"));
        assertEquals(Set.of(one, child, other), Set.copyOf(revocations().all()));
    }

    @Test
    protected void findsWhatWasRevokedBecauseAnotherWas() {
        Revoked root = revoked("sess_a", DEPLOY, "first");
        Revoked child = new Revoked(
                session("untagged", READER),
                "sess_a",
                TEN,
                TEN,
                null,
                "descends from sess_a",
                "backstop",
                null,
                List.of());
        List.of(root, child).forEach(revocations()::keep);

        assertEquals(Set.of(root, child), Set.copyOf(revocations().under("sess_a")));
        assertEquals(List.of(child), revocations().under("untagged"));
    }

    @Test
    protected void keepsEveryFieldWhateverItHolds() {
        AgentSession session = new AgentSession(
                "sess_\"é\n#", DEPLOY, "sess_\"é\n#", "AROA1:x", "ASIA1", "maria", "jordan", "api", TEN, "ASIA0");
        List<DeactivatedKey> keys = List.of(new DeactivatedKey("u", "AKIA1"), new DeactivatedKey("u", "AKIA2"));
        Revoked full = new Revoked(
                session,
                "sess_0",
                TEN,
                TEN.plusSeconds(900),
                TEN.minusSeconds(4),
                "why",
                "who",
                TEN.plusNanos(1),
                keys);
        revocations().keep(full);

        assertEquals(List.of(full), revocations().all());
    }

    @Test
    protected void keepsTheLastWord() {
        Revoked first = revoked("sess_a", DEPLOY, "first");
        Revoked again = revoked("sess_a", DEPLOY, "second");
        revocations().keep(first.confirmed(TEN));
        revocations().keep(again);

        assertEquals(List.of(again), revocations().all());
    }

    @Test
    protected void forgetsTheOneThatWasLifted() {
        Revoked lifted = revoked("sess_a", DEPLOY, "first");
        Revoked stays = revoked("sess_a", READER, "first");
        revocations().keep(lifted);
        revocations().keep(stays);

        revocations().forget(lifted);
        revocations().forget(lifted);

        assertEquals(List.of(stays), revocations().all());
    }

    @Test
    protected void confirmsOnceAndKeepsTheFirstTime() {
        Revoked revoked = revoked("sess_a", DEPLOY, "first");
        Revoked other = revoked("sess_b", DEPLOY, "first");
        revocations().keep(revoked);
        revocations().keep(other);

        assertTrue(revocations().confirm(revoked, TEN.plusSeconds(9)));
        assertFalse(revocations().confirm(revoked, TEN.plusSeconds(8)));

        assertEquals(
                Set.of(revoked.confirmed(TEN.plusSeconds(9)), other),
                Set.copyOf(revocations().all()));
    }

    @Test
    protected void confirmsForOneOfManyWhoAskAtOnce() {
        Revoked revoked = revoked("sess_a", DEPLOY, "first");
        revocations().keep(revoked);
        Revocations asked = revocations();

        long confirmed = IntStream.range(0, 16)
                .parallel()
                .filter(i -> asked.confirm(revoked, TEN.plusSeconds(i)))
                .count();

        assertEquals(1, confirmed);
    }

    @Test
    protected void doesNotConfirmWhatIsGoneOrWasRevokedAnew() {
        Revoked gone = revoked("sess_a", DEPLOY, "first");
        assertFalse(revocations().confirm(gone, TEN));
        assertEquals(List.of(), revocations().all());

        Revoked anew = new Revoked(
                gone.session(), "sess_a", TEN.plusSeconds(60), TEN, null, "again", "backstop", null, List.of());
        revocations().keep(anew);
        assertFalse(revocations().confirm(gone, TEN));
        assertEquals(List.of(anew), revocations().all());
    }

    private static Revoked revoked(String session, String role, String reason) {
        return new Revoked(
                session(session, role), session, TEN, TEN.plusSeconds(900), null, reason, "backstop", null, List.of());
    }

    private static AgentSession session(String id, String roleArn) {
        return new AgentSession(id, roleArn, id, "AROAEXAMPLE:" + id, null, id, null, null, null, null);
    }
}
