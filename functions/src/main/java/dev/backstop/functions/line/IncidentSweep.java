package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Closed;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.Tally;
import dev.backstop.functions.message.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the incidents that are open: says what was only counted since the last message, whatever became of those who
 * were to say it, and closes those that are over with their total.
 */
public final class IncidentSweep {
    /** How long nothing may have been found of a session that is over. */
    static final Duration QUIET = Duration.ofMinutes(30);

    /** How long a resource that drifted may have been as it should be. */
    private static final Duration DAY = Duration.ofDays(1);

    private static final String BY = "backstop";

    /** How far back a closing message that got lost is looked for. */
    private static final Duration LOST = Duration.ofDays(2);

    private final Incidents incidents;
    private final Revocations revocations;
    private final AlertChannel people;
    private final InstantSource clock;

    /** @param people who is told at once, since what is said here was counted already */
    public IncidentSweep(Incidents incidents, Revocations revocations, AlertChannel people, InstantSource clock) {
        this.incidents = incidents;
        this.revocations = revocations;
        this.people = people;
        this.clock = clock;
    }

    /** Whether an alert says that an incident is over, which asks nothing of anybody. */
    public static boolean isClosing(Alert alert) {
        return alert.rule().id().equals(IncidentRules.CLOSED);
    }

    /** Goes through all that is open once, and says what a crash kept from being said of the closed. */
    public void run() {
        Instant now = clock.instant();
        for (Case open : incidents.open()) {
            String over = over(open, now);
            if (over == null) {
                summarise(open, now);
            } else {
                close(open, over, now);
            }
        }
        incidents.closedSince(now.minus(LOST)).forEach(this::announce);
    }

    private void summarise(Case open, Instant now) {
        Tally tally = Tally.of(incidents.findings(open.id()), now);
        if (tally.unsaid(open) == 0) {
            return;
        }
        Urgency urgency = tally.unheard() == Urgency.PAGE ? Urgency.PAGE : Urgency.NOTIFY;
        people.send(IncidentRules.summary(open, tally.shown(open, false), urgency, tally.words(), now));
        incidents.summarised(open, tally.silent());
    }

    private void close(Case open, String why, Instant now) {
        int findings = incidents.findings(open.id()).size();
        incidents.close(open, new Closed(now, findings, BY, why, false, false));
    }

    /** Says that an incident is closed; also of one that was closed by a run which then crashed. */
    void announce(Case closed) {
        Instant now = clock.instant();
        Closed how = closed.closed();
        if (how == null || how.told()) {
            return;
        }
        Tally tally = Tally.of(incidents.findings(closed.id()), now);
        Urgency urgency = tally.urgency() == Urgency.PAGE ? Urgency.PAGE : Urgency.NOTIFY;
        people.send(IncidentRules.closed(closed, tally.shown(closed, true), urgency, words(how), tally.words(), now));
        incidents.closingTold(closed);
    }

    private static String words(Closed how) {
        return how.by().equals(BY)
                ? how.why()
                : how.by() + " resolved it" + (how.falsePositive() ? " as a false positive: " : ": ") + how.why() + ".";
    }

    /** Why nothing more is to be expected; null while something is. */
    private @Nullable String over(Case open, Instant now) {
        boolean drift = open.subject().equals(open.resource().key());
        if (open.lastAt().plus(drift ? DAY : QUIET).isAfter(now)) {
            return null;
        }
        if (drift) {
            return "No more drift of the resource was found for " + Span.words(DAY) + ".";
        }
        AgentSession session = open.session();
        boolean revoked = revocations.all().stream().anyMatch(each -> each.covers(session));
        if (revoked) {
            return "The session is revoked, and nothing was found of it for " + Span.words(QUIET) + ".";
        }
        Instant began = session.startedAt() == null ? open.openedAt() : session.startedAt();
        return began.plus(AgentSession.LONGEST).isBefore(now)
                ? "The session's credentials have expired, and nothing was found of it for " + Span.words(QUIET) + "."
                : null;
    }
}
