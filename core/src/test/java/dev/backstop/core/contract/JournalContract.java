package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Journal.Claim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Journal} does. */
public abstract class JournalContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String KEY = "8b0f9d8e-1111#sg-open-to-world";
    private static final JsonNode FIRST = Json.object().put("prior", "the state before the call");
    private static final JsonNode SECOND = Json.object().put("prior", "a later state");

    private final TestClock clock = new TestClock();

    /** The same journal on every call within a test; it reads this clock. */
    protected abstract Journal journal(InstantSource clock);

    /** The entry that stands in the journal. */
    protected abstract JsonNode entry(Journal journal, String key);

    @Test
    protected void oneOwnerHoldsAClaim() {
        assertEquals(new Claim.Held(List.of()), claim("one", FIRST));
        assertEquals(new Claim.Busy(), claim("other", SECOND));
        clock.pass(LEASE.minusMillis(1));
        assertEquals(new Claim.Busy(), claim("other", SECOND));
    }

    @Test
    protected void theSameOwnerClaimsAgainAfterACrash() {
        claim("one", FIRST);

        assertEquals(new Claim.Held(List.of()), claim("one", SECOND));
    }

    @Test
    protected void aDeadOwnersClaimRunsOut() {
        claim("one", FIRST);
        clock.pass(LEASE);

        assertEquals(new Claim.Held(List.of()), claim("other", SECOND));
        assertEquals(new Claim.Busy(), claim("one", SECOND));
    }

    @Test
    protected void theFirstEntryStays() {
        claim("one", FIRST);
        assertEquals(FIRST, entry(journal(clock), KEY));

        claim("one", SECOND);
        clock.pass(LEASE);
        claim("other", SECOND);
        journal(clock).release(KEY, List.of());
        claim("third", SECOND);
        journal(clock).close(KEY, List.of());

        assertEquals(FIRST, entry(journal(clock), KEY));
    }

    @Test
    protected void whatIsClosedStaysDone() {
        List<Outcome> outcomes = List.of(outcome(Outcome.Status.APPLIED), outcome(Outcome.Status.ALREADY_DONE));
        claim("one", FIRST);
        journal(clock).close(KEY, outcomes);

        assertEquals(new Claim.Done(outcomes), claim("one", FIRST));
        clock.pass(LEASE.multipliedBy(3));
        assertEquals(new Claim.Done(outcomes), claim("other", FIRST));
    }

    @Test
    protected void whatIsReleasedIsFreeAtOnceAndRemembersHowFarItCame() {
        List<Outcome> reached = List.of(outcome(Outcome.Status.FAILED));
        claim("one", FIRST);
        journal(clock).release(KEY, reached);

        assertEquals(new Claim.Held(reached), claim("other", SECOND));
        assertEquals(new Claim.Busy(), claim("one", SECOND));
    }

    @Test
    protected void onlyWhatIsClosedHasEnded() {
        List<Outcome> reached = List.of(outcome(Outcome.Status.FAILED));
        List<Outcome> outcomes = List.of(outcome(Outcome.Status.APPLIED));
        assertEquals(Optional.empty(), journal(clock).ended(KEY));
        claim("one", FIRST);
        assertEquals(Optional.empty(), journal(clock).ended(KEY));
        journal(clock).release(KEY, reached);
        assertEquals(Optional.empty(), journal(clock).ended(KEY));
        claim("one", FIRST);
        journal(clock).close(KEY, outcomes);
        assertEquals(Optional.of(outcomes), journal(clock).ended(KEY));
    }

    @Test
    protected void aClaimIsHeldByItsOwnerAloneUntilItEndsOrRunsOut() {
        List<Outcome> reached = List.of(outcome(Outcome.Status.FAILED));
        assertEquals(Optional.empty(), journal(clock).held(KEY, "one"));
        claim("one", FIRST);
        assertEquals(Optional.of(List.of()), journal(clock).held(KEY, "one"));
        assertEquals(Optional.empty(), journal(clock).held(KEY, "other"));
        journal(clock).release(KEY, reached);
        assertEquals(Optional.empty(), journal(clock).held(KEY, "one"));
        claim("other", FIRST);
        assertEquals(Optional.of(reached), journal(clock).held(KEY, "other"));
        clock.pass(LEASE);
        assertEquals(Optional.empty(), journal(clock).held(KEY, "other"));
        claim("one", FIRST);
        journal(clock).close(KEY, reached);
        assertEquals(Optional.empty(), journal(clock).held(KEY, "one"));
    }

    @Test
    protected void theFirstNoteOfAStepStaysWhoeverGoesOn() {
        claim("one", FIRST);
        assertEquals("running", journal(clock).note(KEY, "resize i-1", "running"));
        assertEquals("running", journal(clock).note(KEY, "resize i-1", "stopped"));
        assertEquals("stopped", journal(clock).note(KEY, "resize i-2", "stopped"));
        clock.pass(LEASE);
        claim("other", SECOND);
        journal(clock).release(KEY, List.of(outcome(Outcome.Status.FAILED)));
        assertEquals("running", journal(clock).note(KEY, "resize i-1", "stopped"));
        assertEquals(FIRST, entry(journal(clock), KEY));
        assertEquals(
                Map.of("resize i-1", "running", "resize i-2", "stopped"),
                journal(clock).notes(KEY));
        assertEquals(Map.of(), journal(clock).notes("8b0f9d8e-1111#other-rule"));
    }

    @Test
    protected void findingsAreClaimedApart() {
        claim("one", FIRST);

        assertEquals(
                new Claim.Held(List.of()), journal(clock).claim("8b0f9d8e-1111#other-rule", "other", LEASE, FIRST));
    }

    @Test
    protected void whatNobodyClaimedCannotEnd() {
        assertThrows(RuntimeException.class, () -> journal(clock).close(KEY, List.of()));
        assertThrows(RuntimeException.class, () -> journal(clock).release(KEY, List.of()));
        assertThrows(RuntimeException.class, () -> journal(clock).note(KEY, "resize i-1", "running"));
        assertEquals(new Claim.Held(List.of()), claim("one", FIRST));
    }

    private Claim claim(String owner, JsonNode entry) {
        return journal(clock).claim(KEY, owner, LEASE, entry);
    }

    private static Outcome outcome(Outcome.Status status) {
        return Samples.outcome(status, "Said as it was: “é”.");
    }
}
