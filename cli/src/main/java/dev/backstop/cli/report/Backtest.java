package dev.backstop.cli.report;

import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The findings of a replay, counted: by rule, session, developer and day. Its memory does not grow with their number. */
public final class Backtest {
    static final int SESSIONS = 2_000;
    private static final int DEVELOPERS = 1_000;
    private static final int DAYS = 4_000;

    final Map<String, RuleCount> rules = new HashMap<>();
    final Map<String, SessionCount> sessions = new HashMap<>();
    final Map<LocalDate, Map<Severity, Long>> days = new TreeMap<>();
    final Counts developers = new Counts(DEVELOPERS);
    final Counts reverts = new Counts(DEVELOPERS);
    final Counts refusals = new Counts(DEVELOPERS);
    long findings;
    long reverted;
    long inOtherSessions;
    long onOtherDays;

    @Nullable
    Instant first;

    @Nullable
    Instant last;

    /** Counts one finding, with what would have been done about it. */
    public void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        findings++;
        Instant at = finding.record().eventTime();
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        rules.computeIfAbsent(finding.rule().id(), _ -> new RuleCount(finding.rule()))
                .add(finding, revert, kill);
        developers.add(Found.developer(finding.session()));
        day(at.atZone(ZoneOffset.UTC).toLocalDate(), finding.severity());
        session(finding, revert, kill);
        revert.ifPresent(this::revert);
    }

    private void day(LocalDate day, Severity severity) {
        if (days.size() < DAYS || days.containsKey(day)) {
            days.computeIfAbsent(day, _ -> new EnumMap<>(Severity.class)).merge(severity, 1L, Long::sum);
        } else {
            onOtherDays++;
        }
    }

    private void session(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        String key = finding.session().key();
        SessionCount session = sessions.get(key);
        if (session == null && sessions.size() < SESSIONS) {
            session = new SessionCount(finding.session(), finding.record().eventTime());
            sessions.put(key, session);
        }
        if (session == null) {
            inOtherSessions++;
        } else {
            session.add(finding, revert, kill);
        }
    }

    private void revert(Plan plan) {
        switch (plan) {
            case Plan.Refused(String why) -> refusals.add(why);
            case Plan.Steps(var steps) -> {
                reverted++;
                steps.forEach(step -> reverts.add(step.action()));
            }
        }
    }

    long revokedSessions() {
        return sessions.values().stream().filter(session -> session.revoked).count();
    }

    /** The rules, the noisiest first. */
    List<RuleCount> noisiest() {
        return rules.values().stream()
                .sorted(Comparator.comparingLong((RuleCount rule) -> rule.findings)
                        .reversed()
                        .thenComparing(rule -> rule.rule.id()))
                .toList();
    }

    List<SessionCount> worstSessions() {
        return sessions.values().stream().sorted(SessionCount.WORST_FIRST).toList();
    }
}
