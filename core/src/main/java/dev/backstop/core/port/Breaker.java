package dev.backstop.core.port;

import dev.backstop.core.Resource;
import java.time.Instant;

/** Counts how often a resource is reverted, so that a fight with another automation has an end. */
public interface Breaker {
    /**
     * Whether a finding may have a resource reverted. One that was let through once is let through again, and counts
     * once, whoever asks how often; of those that ask at the same moment no more are let through than may.
     *
     * @param finding see {@code Finding.key()}
     * @param called when its call was made: the hour by the clock in which this was is the one that is counted in, so
     *     that a retry an hour later finds what it was told before
     * @param limit how many findings may in that hour
     */
    boolean lets(Resource resource, String finding, Instant called, int limit);
}
