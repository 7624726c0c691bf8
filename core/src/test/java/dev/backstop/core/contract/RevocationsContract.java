package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Revocations} does. */
public abstract class RevocationsContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00.123456789Z");

    /** The same list on every call within a test. */
    protected abstract Revocations revocations();

    @Test
    protected void beginsEmpty() {
        assertEquals(List.of(), revocations().all());
        assertEquals(List.of(), revocations().of("sess_a"));
    }

    @Test
    protected void keepsOneForEachSessionAndRole() {
        Revoked one = revoked("sess_a", "agent-deploy-role", "first");
        Revoked child = revoked("sess_a", "data-reader", "first");
        Revoked other = revoked("sess_ab", "agent-deploy-role", "first");
        List.of(one, child, other).forEach(revocations()::keep);

        assertEquals(Set.of(one, child), Set.copyOf(revocations().of("sess_a")));
        assertEquals(List.of(other), revocations().of("sess_ab"));
        assertEquals(Set.of(one, child, other), Set.copyOf(revocations().all()));
    }

    @Test
    protected void keepsTheLastWord() {
        Revoked again = revoked("sess_a", "agent-deploy-role", "second");
        revocations().keep(revoked("sess_a", "agent-deploy-role", "first"));
        revocations().keep(again);

        assertEquals(List.of(again), revocations().all());
    }

    @Test
    protected void forgetsTheOneThatWasLifted() {
        Revoked lifted = revoked("sess_a", "agent-deploy-role", "first");
        Revoked stays = revoked("sess_a", "data-reader", "first");
        revocations().keep(lifted);
        revocations().keep(stays);

        revocations().forget(lifted);
        revocations().forget(lifted);

        assertEquals(List.of(stays), revocations().of("sess_a"));
    }

    private static Revoked revoked(String session, String role, String reason) {
        return new Revoked(session, role, "backstop-deny-" + session, TEN, reason, "backstop");
    }
}
