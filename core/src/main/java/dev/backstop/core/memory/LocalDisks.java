package dev.backstop.core.memory;

import dev.backstop.core.port.Disks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Images, volumes and snapshots in memory. */
public final class LocalDisks implements Disks {
    private final Set<String> there = new HashSet<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Map<String, Set<String>> grants = new HashMap<>();

    /** Adds an image or a volume. */
    public synchronized void put(String id) {
        there.add(id);
    }

    public synchronized void put(Snapshot snapshot) {
        snapshots.add(snapshot);
    }

    /** Shares an image or a snapshot, as its owner would. */
    public synchronized void share(String id, Set<String> grantees) {
        grants.computeIfAbsent(id, _ -> new HashSet<>()).addAll(grantees);
    }

    @Override
    public synchronized Set<String> grants(String id) {
        return Set.copyOf(grants.getOrDefault(id, Set.of()));
    }

    @Override
    public synchronized void withdraw(String id, Set<String> grantees) {
        grants.getOrDefault(id, new HashSet<>()).removeAll(grantees);
    }

    @Override
    public synchronized Set<String> present(Set<String> ids) {
        return ids.stream().filter(there::contains).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized List<Snapshot> snapshots(Set<String> volumeIds) {
        return snapshots.stream()
                .filter(snapshot -> volumeIds.contains(snapshot.volumeId()))
                .toList();
    }
}
