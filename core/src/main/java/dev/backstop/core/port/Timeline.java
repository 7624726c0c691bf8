package dev.backstop.core.port;

import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What sessions did, and what was done about it, by session id. */
public interface Timeline {
    /** Keeps entries; again for the same entry changes nothing. */
    void keep(String sessionId, List<TimelineEntry> entries);

    /** Everything of a session, in the order of time; empty when nothing is known. */
    List<TimelineEntry> of(String sessionId);

    /** What the session did from one moment to another, both included, as last written, in the order of time. */
    List<TimelineEntry> between(String sessionId, Instant from, Instant to);

    /** When the session first created each of some things itself; what it did not is not in the answer. */
    Map<Thing, Instant> made(String sessionId, Set<Thing> things);

    /** What the session created that outlives it, in the order of time: without reading all that it did. */
    List<Outliving> created(String sessionId);
}
