package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Crossing;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.Window;
import dev.backstop.core.WindowRule;
import dev.backstop.core.port.Detections;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Journal.Claim;
import dev.backstop.core.port.Timeline;
import dev.backstop.rules.WindowBook;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Weighs what sessions do within some time. Calls are kept first and weighed after, by reads that see every write before
 * them: of those who take in the calls of a crossing at the same moment, whoever writes last sees them all.
 */
public final class WindowWatch {
    /** Longer than handing a detection over takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final WindowBook book;
    private final Timeline timeline;
    private final Journal journal;
    private final Detections detections;

    public WindowWatch(WindowBook book, Timeline timeline, Journal journal, Detections detections) {
        this.book = book;
        this.timeline = timeline;
        this.journal = journal;
        this.detections = detections;
    }

    /** The entry of a call, with the rules in whose windows it counts. */
    public TimelineEntry marked(CloudTrailRecord record) {
        return TimelineEntry.of(record).counting(book.counting(EventEnvelope.around(record)));
    }

    /** Hands over what the calls led to, once, whoever weighs them again; the calls must have been kept. */
    public void weigh(List<Counted> calls) {
        calls.stream()
                .collect(Collectors.groupingBy(call -> call.caller().id(), TreeMap::new, Collectors.toList()))
                .forEach(this::weigh);
    }

    /** A call that comes late may complete a window that ends later, so windows are read to both sides. */
    private void weigh(String sessionId, List<Counted> calls) {
        Set<String> ids =
                calls.stream().flatMap(call -> call.entry().countsIn().stream()).collect(Collectors.toSet());
        List<WindowRule> rules = book.rules().stream()
                .filter(rule -> ids.contains(rule.rule().id()))
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        Duration within = rules.stream()
                .map(WindowRule::window)
                .map(Window::within)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Instant> times =
                calls.stream().map(call -> call.entry().at()).sorted().toList();
        List<TimelineEntry> entries = timeline.between(
                sessionId, times.getFirst().minus(within), times.getLast().plus(within));
        for (WindowRule rule : rules) {
            for (Crossing crossing : crossings(rule, calls.getLast().caller(), entries)) {
                handOver(crossing, calls);
            }
        }
    }

    /** What the session created itself is only asked for where it can matter. */
    private List<Crossing> crossings(WindowRule rule, AgentSession caller, List<TimelineEntry> entries) {
        List<Crossing> crossings = rule.crossings(entries, Map.of());
        if (crossings.isEmpty() || !rule.window().sparesOwn() || !caller.idIsItsOwn()) {
            return crossings;
        }
        Set<Thing> removed = entries.stream()
                .flatMap(entry -> TimelineEntry.removed(entry).stream())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return rule.crossings(entries, timeline.made(caller.id(), removed));
    }

    private void handOver(Crossing crossing, List<Counted> calls) {
        AgentSession session = calls.stream()
                .filter(call -> call.entry().id().equals(crossing.last().id()))
                .findFirst()
                .orElse(calls.getLast())
                .caller();
        String key = crossing.id(session.id()) + "#window";
        // The same call may be delivered to two at once, so no call can be the owner.
        String owner = UUID.randomUUID().toString();
        switch (journal.claim(
                key,
                owner,
                LEASE,
                Json.object().put("rule", crossing.by().rule().id()))) {
            case Claim.Done _, Claim.Busy _ -> {
                // Whoever is at it hands it over, or fails, and its calls come back to be weighed again.
            }
            case Claim.Held _ -> {
                try {
                    detections.hand(crossing.detection(session));
                } catch (RuntimeException e) {
                    journal.release(key, List.of());
                    throw e;
                }
                journal.close(key, List.of());
            }
        }
    }
}
