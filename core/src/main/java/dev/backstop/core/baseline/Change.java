package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.Set;

/**
 * One call that changed a resource.
 *
 * @param at CloudTrail's time of the call, in whole seconds
 * @param undoing whether a rule that reverts it has matched: what it made is not to stay
 * @param parts what it changed; {@link #ALL} where the record does not say
 * @param caller the ids of the record's {@code userIdentity}; empty where they are not known
 */
public record Change(Instant at, String eventId, By by, boolean undoing, Set<String> parts, ObjectNode caller) {
    public static final String ALL = "*";

    /** Who made it. */
    public enum By {
        PERSON,
        AGENT,
        GUARD
    }

    public Change {
        parts = Set.copyOf(parts);
    }

    /** A change of which nobody asks who made it. */
    public Change(Instant at, String eventId, By by, boolean undoing, Set<String> parts) {
        this(at, eventId, by, undoing, parts, Json.object());
    }

    /** The same, with what another report of the call says too. */
    public Change with(Change other) {
        return new Change(at, eventId, by, undoing || other.undoing, parts, caller);
    }

    /** Whether it changed a part, or may have. */
    public boolean touches(String part) {
        return parts.contains(part) || parts.contains(ALL);
    }
}
