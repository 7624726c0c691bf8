package dev.backstop.core.memory;

import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.port.Baselines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The baselines in memory, where nothing is ever too old. */
public final class LocalBaselines implements Baselines {
    private final Map<Resource, List<Capture>> captures = new HashMap<>();
    private final Map<Resource, Map<String, Change>> changes = new HashMap<>();

    @Override
    public synchronized void keep(Resource resource, Change change) {
        changes.computeIfAbsent(resource, _ -> new LinkedHashMap<>())
                .merge(change.at() + "#" + change.eventId(), change, Change::with);
    }

    @Override
    public synchronized void keep(Resource resource, Capture capture) {
        captures.computeIfAbsent(resource, _ -> new ArrayList<>()).add(capture);
    }

    @Override
    public synchronized Baseline of(Resource resource, Instant until) {
        List<Change> newest = changes.getOrDefault(resource, Map.of()).values().stream()
                .filter(change -> !change.at().isAfter(until))
                .sorted(Comparator.comparing(Change::at).reversed())
                .limit(MOST_CHANGES)
                .toList();
        List<Capture> known = captures.getOrDefault(resource, List.of()).stream()
                .filter(capture -> !capture.to().isAfter(until))
                .toList();
        Instant oldest = newest.size() < MOST_CHANGES ? null : newest.getLast().at();
        return Baseline.since(oldest, known, newest);
    }
}
