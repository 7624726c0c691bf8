package dev.backstop.core.port;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Incident;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which findings belong together, and which of them people have heard of. Every finding is counted once, however many count
 * at a time and however often; nobody hears of one twice unless something came of it since, or whoever told crashed.
 */
public interface Incidents {
    /** For how long a message stands for what else the same rule finds on the same resource. */
    Duration WINDOW = Duration.ofMinutes(15);

    /** For how long whoever was chosen to tell is waited for; longer than a function may run. */
    Duration LEASE = Duration.ofMinutes(5);

    /** How many messages an incident sends in a window; what is more severe than all before, or failed, comes on top. */
    int MOST_MESSAGES = 10;

    /**
     * Counts a finding in the open incident of its subject, or opens one. Telling is for the first finding of a rule on a
     * resource in a window, for one more severe, and for one that is always told; and again for a finding that was told
     * of with other ends.
     */
    Counted count(Occurrence occurrence);

    /** Writes down that people were told, after they were. */
    void told(Occurrence occurrence, Counted.Tell told);

    /** The open incident of a subject as it stands. */
    Optional<Incident> current(String subject);

    /** All that is open, in no particular order. */
    List<Case> open();

    /** What was closed at or after an instant, latest first. */
    List<Case> closedSince(Instant instant);

    /** The incident with an id, open or closed. */
    Optional<Case> find(String id);

    /** The findings of an incident, in the order in which they were counted. */
    List<Seen> findings(String id);

    /**
     * Writes down that people were told how many were only counted, without a message of any one finding.
     *
     * @param silent how many there are, from {@link Tally#silent}
     */
    void summarised(Case incident, int silent);

    /**
     * Closes an incident as it was read.
     *
     * @return false when a finding joined it since, or somebody else has closed it
     */
    boolean close(Case incident, Closed how);

    /** Writes down that people were told that it is closed. */
    void closingTold(Case incident);

    /** What became of a finding that was to be counted. */
    sealed interface Counted {
        /**
         * People are to be told, and then {@link Incidents#told} is.
         *
         * @param incident as it stands with this finding
         * @param silent how many of it were only counted, ever
         */
        record Tell(Incident incident, int silent) implements Counted {}

        /** Counted, and told of together with others; or told of already. */
        record Quiet() implements Counted {}
    }

    /**
     * An incident as it is kept.
     *
     * @param session whose it is, as far as known by its latest finding
     * @param resource what its first finding was about
     * @param lastAt when its latest finding was counted
     * @param joined how often a finding was counted in it, repetitions included
     * @param covered how many only counted findings people have heard of in a later message
     * @param closed how it ended; null while it is open
     */
    record Case(
            String id,
            String subject,
            AgentSession session,
            Resource resource,
            Instant openedAt,
            Instant lastAt,
            long joined,
            int covered,
            @Nullable Closed closed) {}

    /**
     * How an incident ended.
     *
     * @param findings how many it had
     * @param by who closed it: {@code backstop}, or an operator as claimed
     * @param why in words
     * @param falsePositive whether a person said that nothing was wrong
     * @param told whether people heard that it is closed
     */
    record Closed(Instant at, int findings, String by, String why, boolean falsePositive, boolean told) {}

    /**
     * A finding as it was counted.
     *
     * @param chosen whether it was to be told of by itself
     * @param toldAt when people were told of it by itself; null when they were not, or not yet
     */
    record Seen(
            Occurrence occurrence,
            Instant countedAt,
            boolean chosen,
            @Nullable Instant toldAt) {
        /** Whether somebody may be about to tell of it. */
        boolean inFlight(Instant now) {
            return chosen && toldAt == null && countedAt.plus(LEASE).isAfter(now);
        }
    }
}
