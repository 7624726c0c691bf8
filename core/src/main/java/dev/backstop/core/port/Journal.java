package dev.backstop.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who acts on which finding, what was there before, and how it ended: exactly one actor at a time. */
public interface Journal {
    /**
     * Claims a finding.
     *
     * @param key see {@code Finding.key()}
     * @param owner the invocation; the same owner may claim again at once, after a crash
     * @param lease how long the claim holds against other owners
     * @param entry the plan and the prior state it rests on; kept from the first claim on
     */
    Claim claim(String key, String owner, Duration lease, JsonNode entry);

    /** What a finding ended with; empty while nobody has dealt with it. */
    Optional<List<Outcome>> ended(String key);

    /** What was reached earlier of a claim that this owner holds now; empty where it holds none. */
    Optional<List<Outcome>> held(String key, String owner);

    /**
     * Keeps what a run must leave to whoever goes on after a crash; see {@code Step.note}. Fails where nobody claimed.
     *
     * @param step which of the plan's steps it belongs to
     * @return the note that stands: the first one
     */
    String note(String key, String step, String note);

    /** All notes of a finding, by what they were kept under; none where nobody claimed. */
    Map<String, String> notes(String key);

    /** Ends a claim: kept as evidence, and what a later duplicate is answered with. Fails where nobody claimed. */
    void close(String key, List<Outcome> outcomes);

    /** Gives a claim back with what was reached so far, so that a retry goes on at once. Fails where nobody claimed. */
    void release(String key, List<Outcome> outcomes);

    /** What a claim met. */
    sealed interface Claim {
        /**
         * The finding is this owner's.
         *
         * @param earlier what an earlier, unfinished run reached and already told people; empty the first time
         */
        record Held(List<Outcome> earlier) implements Claim {}

        /** Another owner is at it; if that one dies, the lease runs out. */
        record Busy() implements Claim {}

        /** It has been dealt with. */
        record Done(List<Outcome> outcomes) implements Claim {}
    }
}
