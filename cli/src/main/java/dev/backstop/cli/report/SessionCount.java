package dev.backstop.cli.report;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one session did that rules found, the first of it in words. */
final class SessionCount {
    static final int ENTRIES = 30;

    /** The one that a person should look at first. */
    static final Comparator<SessionCount> WORST_FIRST = Comparator.comparing((SessionCount session) -> session.worst)
            .thenComparingLong(session -> session.findings)
            .reversed()
            .thenComparing(session -> session.first);

    final AgentSession session;
    final List<Found> entries = new ArrayList<>();
    long findings;
    long reverted;
    Severity worst = Severity.INFO;
    Instant first;
    Instant last;
    boolean revoked;

    SessionCount(AgentSession session, Instant at) {
        this.session = session;
        this.first = at;
        this.last = at;
    }

    void add(Seen seen) {
        Instant at = seen.at();
        findings++;
        first = at.isBefore(first) ? at : first;
        last = at.isAfter(last) ? at : last;
        worst = seen.severity().compareTo(worst) > 0 ? seen.severity() : worst;
        reverted += seen.reverts() ? 1 : 0;
        revoked |= seen.stops();
        if (entries.size() < ENTRIES) {
            entries.add(Found.of(seen));
        }
    }
}
