package dev.backstop.core.port;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import java.time.Instant;
import java.util.Optional;

/** What resources looked like at earlier times. */
public interface History {
    /** The newest state captured before an instant; empty where no source has one. */
    Optional<PriorState> before(Resource resource, Instant instant);

    /** The same before a call, for a source that knows calls and can leave this one out. */
    default Optional<PriorState> before(Resource resource, CloudTrailRecord call) {
        return before(resource, call.eventTime());
    }
}
