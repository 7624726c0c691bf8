package dev.backstop.core.memory;

import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The timelines in memory. */
public final class LocalTimeline implements Timeline {
    private final Map<String, TreeMap<Place, TimelineEntry>> sessions = new HashMap<>();

    @Override
    public synchronized void keep(String sessionId, List<TimelineEntry> entries) {
        var kept = sessions.computeIfAbsent(sessionId, _ -> new TreeMap<>());
        entries.forEach(entry -> kept.putIfAbsent(Place.of(entry), entry));
    }

    @Override
    public synchronized List<TimelineEntry> of(String sessionId) {
        return List.copyOf(sessions.getOrDefault(sessionId, new TreeMap<>()).values());
    }

    @Override
    public synchronized List<TimelineEntry> between(String sessionId, Instant from, Instant to) {
        return List.copyOf(sessions.getOrDefault(sessionId, new TreeMap<>())
                .subMap(new Place(from.toEpochMilli(), ""), new Place(to.toEpochMilli() + 1, ""))
                .values());
    }

    @Override
    public synchronized Map<Thing, Instant> made(String sessionId, Set<Thing> things) {
        return TimelineEntry.made(of(sessionId), things);
    }

    @Override
    public synchronized List<Outliving> created(String sessionId) {
        return of(sessionId).stream()
                .map(TimelineEntry::created)
                .filter(Objects::nonNull)
                .toList();
    }

    private record Place(long millis, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::millis).thenComparing(Place::id);

        static Place of(TimelineEntry entry) {
            return new Place(entry.at().toEpochMilli(), entry.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
