package dev.backstop.core.memory;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.port.CallHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** CloudTrail's event history in memory. */
public final class LocalCallHistory implements CallHistory {
    private final Map<String, List<CloudTrailRecord>> calls = new HashMap<>();

    /** Adds a call about a resource. */
    public synchronized void add(String name, CloudTrailRecord call) {
        calls.computeIfAbsent(name, _ -> new ArrayList<>()).add(call);
    }

    @Override
    public synchronized Optional<CloudTrailRecord> last(String name, Instant since, Predicate<CloudTrailRecord> which) {
        return calls.getOrDefault(name, List.of()).stream()
                .filter(call -> !call.eventTime().isBefore(since))
                .filter(which)
                .max(Comparator.comparing(CloudTrailRecord::eventTime));
    }
}
