package dev.backstop.core.memory;

import dev.backstop.core.Incident;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Severity;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The incidents in memory. */
public final class LocalIncidents implements Incidents {
    private final Map<String, Open> open = new HashMap<>();
    private final List<Case> closed = new ArrayList<>();
    private final Map<String, Map<String, Kept>> findings = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final InstantSource clock;

    public LocalIncidents(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Counted count(Occurrence occurrence) {
        Instant now = clock.instant();
        Open incident = open.computeIfAbsent(occurrence.subject(), subject -> new Open(occurrence, now));
        incident.join(occurrence, now);
        Kept kept = findings.computeIfAbsent(incident.id, _ -> new LinkedHashMap<>())
                .computeIfAbsent(occurrence.key(), _ -> new Kept(occurrence, now));
        if (kept.toldAt != null) {
            return kept.toldEnds.equals(occurrence.ends()) ? new Counted.Quiet() : tell(incident, kept, now);
        }
        if (kept.chosen) {
            return tell(incident, kept, now);
        }
        boolean first = takes(incident, occurrence, now);
        return occurrence.always() || (first && incident.mayTell(occurrence.severity(), now))
                ? tell(incident, kept, now)
                : new Counted.Quiet();
    }

    private boolean takes(Open incident, Occurrence occurrence, Instant now) {
        String key = incident.id + "#" + occurrence.group();
        Group group = groups.get(key);
        if (group != null && !group.isFree(occurrence, now)) {
            return false;
        }
        groups.put(key, new Group(occurrence.key(), now, occurrence.severity(), false));
        return true;
    }

    private Counted tell(Open incident, Kept kept, Instant now) {
        kept.chosen = true;
        Tally tally = Tally.of(findings(incident.id), now);
        return new Counted.Tell(tally.shown(incident.read(), false), tally.silent());
    }

    @Override
    public synchronized void told(Occurrence occurrence, Counted.Tell told) {
        String id = told.incident().id();
        Kept kept = findings.getOrDefault(id, Map.of()).get(occurrence.key());
        if (kept == null) {
            throw new LocalAwsException("ConditionalCheckFailedException", "nobody counted " + occurrence.key());
        }
        kept.toldAt = clock.instant();
        kept.toldEnds = occurrence.ends();
        groups.computeIfPresent(
                id + "#" + occurrence.group(),
                (_, group) -> group.by.equals(occurrence.key()) ? group.asTold() : group);
        cover(id, told.silent());
    }

    @Override
    public synchronized Optional<Incident> current(String subject) {
        return Optional.ofNullable(open.get(subject)).map(incident -> Tally.of(findings(incident.id), clock.instant())
                .shown(incident.read(), false));
    }

    @Override
    public synchronized List<Case> open() {
        return open.values().stream().map(Open::read).toList();
    }

    @Override
    public synchronized List<Case> closedSince(Instant instant) {
        return closed.stream()
                .filter(incident -> !closing(incident).at().isBefore(instant))
                .sorted(Comparator.comparing(
                                (Case incident) -> closing(incident).at())
                        .reversed())
                .toList();
    }

    @Override
    public synchronized Optional<Case> find(String id) {
        return Stream.concat(open().stream(), closed.stream())
                .filter(incident -> incident.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized List<Seen> findings(String id) {
        return findings.getOrDefault(id, Map.of()).values().stream()
                .map(Kept::read)
                .toList();
    }

    @Override
    public synchronized void summarised(Case incident, int silent) {
        cover(incident.id(), silent);
    }

    private void cover(String id, int silent) {
        open.values().stream()
                .filter(incident -> incident.id.equals(id))
                .forEach(incident -> incident.covered = Math.max(incident.covered, silent));
    }

    @Override
    public synchronized boolean close(Case incident, Closed how) {
        Open held = open.get(incident.subject());
        if (held == null || !held.id.equals(incident.id()) || held.joined != incident.joined()) {
            return false;
        }
        open.remove(incident.subject());
        closed.add(ended(incident, how));
        return true;
    }

    @Override
    public synchronized void closingTold(Case incident) {
        closed.replaceAll(each -> {
            Closed how = closing(each);
            return each.id().equals(incident.id())
                    ? ended(each, new Closed(how.at(), how.findings(), how.by(), how.why(), how.falsePositive(), true))
                    : each;
        });
    }

    private static Case ended(Case incident, Closed how) {
        return new Case(
                incident.id(),
                incident.subject(),
                incident.session(),
                incident.resource(),
                incident.openedAt(),
                incident.lastAt(),
                incident.joined(),
                incident.covered(),
                how);
    }

    private static Closed closing(Case incident) {
        Closed how = incident.closed();
        if (how == null) {
            throw new IllegalStateException(incident.id() + " is kept among the closed and is not");
        }
        return how;
    }

    /** An incident that findings still join. */
    private static final class Open {
        private final String id;
        private final Occurrence first;
        private final Instant openedAt;
        private Occurrence latest;
        private Instant lastAt;
        private long joined;
        private int covered;
        private @Nullable Severity most;
        private Instant windowAt;
        private int messages;

        private Open(Occurrence first, Instant now) {
            this.id = Incident.id(first.subject(), now);
            this.first = first;
            this.latest = first;
            this.openedAt = now;
            this.lastAt = now;
            this.windowAt = now;
        }

        private void join(Occurrence occurrence, Instant now) {
            joined++;
            lastAt = now;
            latest = occurrence.session().ownerKnown() ? occurrence : latest;
        }

        private boolean mayTell(Severity severity, Instant now) {
            if (most == null || severity.compareTo(most) > 0) {
                most = severity;
                messages++;
                return true;
            }
            if (isPast(windowAt, WINDOW, now)) {
                windowAt = now;
                messages = 0;
            }
            if (messages >= MOST_MESSAGES) {
                return false;
            }
            messages++;
            return true;
        }

        private Case read() {
            return new Case(
                    id, first.subject(), latest.session(), first.resource(), openedAt, lastAt, joined, covered, null);
        }
    }

    private static boolean isPast(Instant since, Duration life, Instant now) {
        return !now.isBefore(since.plus(life));
    }

    private static final class Kept {
        private final Occurrence occurrence;
        private final Instant countedAt;
        private boolean chosen;
        private @Nullable Instant toldAt;
        private List<String> toldEnds = List.of();

        private Kept(Occurrence occurrence, Instant countedAt) {
            this.occurrence = occurrence;
            this.countedAt = countedAt;
        }

        private Seen read() {
            return new Seen(occurrence, countedAt, chosen, toldAt);
        }
    }

    /** Who tells of a rule on a resource. */
    private record Group(String by, Instant at, Severity severity, boolean told) {
        private boolean isFree(Occurrence occurrence, Instant now) {
            return by.equals(occurrence.key())
                    || severity.compareTo(occurrence.severity()) < 0
                    || isPast(at, WINDOW, now)
                    || (!told && isPast(at, LEASE, now));
        }

        private Group asTold() {
            return new Group(by, at, severity, true);
        }
    }
}
