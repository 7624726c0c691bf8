package dev.backstop.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Volumes, and the images and snapshots that they can be made from again. */
public interface Disks {
    /**
     * Whom an image ({@code ami-}) or a snapshot ({@code snap-}) is shared with: account ids, {@code all} for everybody,
     * ARNs of organizations and their units. Empty when it is gone.
     */
    Set<String> grants(String id);

    /** Takes grants back; one that is not there is no error. */
    void withdraw(String id, Set<String> grantees);

    /** Those of the images and volumes that are there. */
    Set<String> present(Set<String> ids);

    /** The account's own snapshots of volumes, whether the volumes are there or not. */
    List<Snapshot> snapshots(Set<String> volumeIds);

    /** One snapshot. */
    record Snapshot(String id, String volumeId, Instant startedAt) {}
}
