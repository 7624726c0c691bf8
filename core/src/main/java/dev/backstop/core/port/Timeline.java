package dev.backstop.core.port;

import dev.backstop.core.Outliving;
import dev.backstop.core.TimelineEntry;
import java.util.List;

/** What sessions did, and what was done about it, by session id. */
public interface Timeline {
    /** Keeps entries; again for the same entry changes nothing. */
    void keep(String sessionId, List<TimelineEntry> entries);

    /** Everything of a session, in the order of time; empty when nothing is known. */
    List<TimelineEntry> of(String sessionId);

    /** What the session created that outlives it, in the order of time: without reading all that it did. */
    List<Outliving> created(String sessionId);
}
