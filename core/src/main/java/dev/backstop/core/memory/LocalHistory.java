package dev.backstop.core.memory;

import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.port.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history of resources in memory. */
public final class LocalHistory implements History {
    private final Map<Resource, List<PriorState>> states = new HashMap<>();

    public synchronized void capture(Resource resource, PriorState state) {
        states.computeIfAbsent(resource, _ -> new ArrayList<>()).add(state);
    }

    @Override
    public synchronized Optional<PriorState> before(Resource resource, Instant instant) {
        return states.getOrDefault(resource, List.of()).stream()
                .filter(state -> state.capturedAt().isBefore(instant))
                .max(Comparator.comparing(PriorState::capturedAt));
    }
}
