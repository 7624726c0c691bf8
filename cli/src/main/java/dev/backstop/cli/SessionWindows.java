package dev.backstop.cli;

import dev.backstop.cli.input.Event;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Crossing;
import dev.backstop.core.Detection;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.WindowRule;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import dev.backstop.rules.WindowBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What sessions did within some time, found once all records were read: those of one session may stand in any order. Keeps
 * a line of each call that counts in a window, and nothing of the others.
 */
final class SessionWindows {
    private final WindowBook book;
    private final SessionRegistry sessions;
    private final Map<String, List<Call>> bySession = new TreeMap<>();

    /** @param sessions knows all that the records issued */
    SessionWindows(WindowBook book, SessionRegistry sessions) {
        this.book = book;
        this.sessions = sessions;
    }

    /** The call of an event, where it is an agent's and counts in some window; may be asked by many threads. */
    static Optional<Call> counted(Event event, WindowBook book, AgentSelector agents) {
        if (!agents.selects(event.record().caller())) {
            return Optional.empty();
        }
        Set<String> counts = book.counting(event.envelope());
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Call(
                        agents.session(event.record()),
                        TimelineEntry.of(event.record()).counting(counts).bare()));
    }

    void add(Call call) {
        AgentSession session = sessions.find(call.session()).orElse(call.session());
        bySession.computeIfAbsent(session.id(), _ -> new ArrayList<>()).add(new Call(session, call.entry()));
    }

    /**
     * What crossed, in the order of sessions, rules and time.
     *
     * @param timeline knows what the sessions created themselves
     */
    List<Crossed> crossed(Timeline timeline) {
        List<Crossed> found = new ArrayList<>();
        bySession.forEach((id, calls) -> {
            Map<String, Call> byEvent = new TreeMap<>();
            calls.forEach(call -> byEvent.putIfAbsent(call.entry().id(), call));
            List<TimelineEntry> entries = byEvent.values().stream()
                    .map(Call::entry)
                    .sorted(Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id))
                    .toList();
            Set<Thing> removed = entries.stream()
                    .flatMap(entry -> TimelineEntry.removed(entry).stream())
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());
            boolean itsOwn = calls.getLast().session().idIsItsOwn();
            Map<Thing, Instant> own = itsOwn ? timeline.made(id, removed) : Map.of();
            for (WindowRule rule : book.rules()) {
                for (Crossing crossing : rule.crossings(entries, own)) {
                    Optional.ofNullable(byEvent.get(crossing.last().id()))
                            .map(last -> new Crossed(crossing.detection(last.session()), crossing.words()))
                            .ifPresent(found::add);
                }
            }
        });
        return found;
    }

    /**
     * A rule over many calls that was crossed.
     *
     * @param seen by how many calls, of what, from when to when
     */
    record Crossed(Detection detection, String seen) {}

    /** A call that counts, with who made it. */
    record Call(AgentSession session, TimelineEntry entry) {}
}
