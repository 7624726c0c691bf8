package dev.backstop.cli.report;

import dev.backstop.core.Plan;
import dev.backstop.core.Severity;
import dev.backstop.core.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    final Counts undoing = new Counts(DEVELOPERS);
    final Counts refusals = new Counts(DEVELOPERS);
    long findings;
    long afterStop;
    long reverted;
    long inOtherSessions;
    long onOtherDays;

    @Nullable
    Instant first;

    @Nullable
    Instant last;

    /** Counts one finding, with what would have been done about it. */
    public void add(Seen seen) {
        findings++;
        afterStop += seen.stopped().isPresent() ? 1 : 0;
        Instant at = seen.at();
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        rules.computeIfAbsent(seen.rule().id(), _ -> new RuleCount(seen.rule())).add(seen);
        developers.add(Found.developer(seen.session()));
        day(at.atZone(ZoneOffset.UTC).toLocalDate(), seen.severity());
        session(seen);
        seen.revert().ifPresent(plan -> revert(plan, seen.reverts()));
    }

    private void day(LocalDate day, Severity severity) {
        if (days.size() < DAYS || days.containsKey(day)) {
            days.computeIfAbsent(day, _ -> new EnumMap<>(Severity.class)).merge(severity, 1L, Long::sum);
        } else {
            onOtherDays++;
        }
    }

    private void session(Seen seen) {
        String key = seen.session().key();
        SessionCount session = sessions.get(key);
        if (session == null && sessions.size() < SESSIONS) {
            session = new SessionCount(seen.session(), seen.at());
            sessions.put(key, session);
        }
        if (session == null) {
            inOtherSessions++;
        } else {
            session.add(seen);
        }
    }

    private void revert(Plan plan, boolean reverts) {
        reverted += reverts ? 1 : 0;
        switch (plan) {
            case Plan.Refused(String why) -> refusals.add(why);
            case Plan.Steps(var steps) -> {
                for (Step<?> step : steps) {
                    if (step.byHand()) {
                        refusals.add("only a person can: " + step.action());
                    } else {
                        undoing.add(step.action());
                    }
                }
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
