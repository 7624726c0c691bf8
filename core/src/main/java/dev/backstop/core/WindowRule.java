package dev.backstop.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule over what one session does within a span of time. Whether a call crosses it depends on the calls before it only,
 * and more calls never make it cross less: so whoever sees all of a session's calls finds the same, in whatever order they
 * came.
 */
public record WindowRule(Rule rule, Window window) {
    /**
     * The first crossing of every hour, or of every window where that is longer.
     *
     * @param entries of one session, in the order of time; those that do not count for this rule are passed over
     * @param own what the session created itself and when, as far as known
     */
    public List<Crossing> crossings(List<TimelineEntry> entries, Map<Thing, Instant> own) {
        Map<Long, Crossing> first = new LinkedHashMap<>();
        Deque<TimelineEntry> open = new ArrayDeque<>();
        for (TimelineEntry entry : entries) {
            if (!counts(entry, own)) {
                continue;
            }
            Instant start = entry.at().minus(window.within());
            while (!open.isEmpty() && !open.getFirst().at().isAfter(start)) {
                open.removeFirst();
            }
            open.addLast(entry);
            long cell = Math.floorDiv(entry.at().toEpochMilli(), window.cell().toMillis());
            if (!first.containsKey(cell) && (window.calls() == 0 || open.size() >= window.calls())) {
                Sum sum = Sum.of(open);
                if (sum.reaches(window)) {
                    first.put(cell, new Crossing(this, cell, List.copyOf(open), sum));
                }
            }
        }
        return new ArrayList<>(first.values());
    }

    /** Whether an entry counts, as the engine that matches patterns marked it. */
    boolean counts(TimelineEntry entry, Map<Thing, Instant> own) {
        Marks marks = entry.marks();
        return marks != null
                && marks.counts().contains(rule.id())
                && !(window.sparesOwn()
                        && marks.removed().stream().anyMatch(things -> Thing.allMade(things, own, entry.at())));
    }
}
