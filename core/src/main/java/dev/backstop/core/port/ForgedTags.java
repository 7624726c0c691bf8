package dev.backstop.core.port;

import dev.backstop.core.SetTag;
import java.time.Instant;
import java.util.List;

/** The tags {@code backstop:exempt} that agents' sessions set: they count for nothing. */
public interface ForgedTags {
    /** Keeps one; again for the same resource and value changes nothing. */
    void keep(String account, Forged forged);

    /** All that are known of a resource, by its id or name. */
    List<Forged> on(String account, String resource);

    /**
     * One tag that an agent set.
     *
     * @param session the id of the session that did
     */
    record Forged(SetTag tag, String session, Instant at) {
        /** Whether a tag that stands there now is this one; where the value is not known, it may be. */
        public boolean is(String value) {
            return tag.value() == null || value.equals(tag.value());
        }
    }
}
