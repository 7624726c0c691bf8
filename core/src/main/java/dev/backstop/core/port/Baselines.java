package dev.backstop.core.port;

import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import java.time.Instant;

/** What Backstop has seen of security groups and instances; kept for some weeks, changes longer than captures. */
public interface Baselines {
    /** So many of the newest are read, and no more: a resource that changes all the time has a short memory. */
    int MOST_CHANGES = 500;

    /** Keeps a change once, however often it is told; that it is to be undone stays known once one of them said so. */
    void keep(Resource resource, Change change);

    void keep(Resource resource, Capture capture);

    /** What is known up to an instant, it included; without captures older than the oldest change that is read. */
    Baseline of(Resource resource, Instant until);
}
