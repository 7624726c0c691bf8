package dev.backstop.cli.account;

import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The timelines that are kept, with what the records at hand say that sessions created: those are not kept, since their
 * entries would take the places of the ones that windows are counted by.
 */
record ReadTimeline(Timeline kept, Timeline read) implements Timeline {
    @Override
    public void keep(String sessionId, List<TimelineEntry> entries) {
        kept.keep(sessionId, entries);
    }

    @Override
    public List<TimelineEntry> of(String sessionId) {
        return kept.of(sessionId);
    }

    @Override
    public List<TimelineEntry> between(String sessionId, Instant from, Instant to) {
        return kept.between(sessionId, from, to);
    }

    @Override
    public Map<Thing, Instant> made(String sessionId, Set<Thing> things) {
        Map<Thing, Instant> made = new HashMap<>(kept.made(sessionId, things));
        read.made(sessionId, things)
                .forEach((thing, at) -> made.merge(thing, at, (one, other) -> one.isBefore(other) ? one : other));
        return made;
    }

    @Override
    public List<Outliving> created(String sessionId) {
        return kept.created(sessionId);
    }
}
