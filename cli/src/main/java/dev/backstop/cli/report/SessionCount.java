package dev.backstop.cli.report;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        Instant at = finding.record().eventTime();
        findings++;
        first = at.isBefore(first) ? at : first;
        last = at.isAfter(last) ? at : last;
        worst = finding.severity().compareTo(worst) > 0 ? finding.severity() : worst;
        reverted += revert.filter(Plan.Steps.class::isInstance).isPresent() ? 1 : 0;
        revoked |= kill.filter(Plan.Steps.class::isInstance).isPresent();
        if (entries.size() < ENTRIES) {
            entries.add(Found.of(finding, revert, kill));
        }
    }

    /** In the order of their times, whatever order they came in. */
    List<Found> timeline() {
        return entries.stream().sorted(Comparator.comparing(Found::at)).toList();
    }
}
