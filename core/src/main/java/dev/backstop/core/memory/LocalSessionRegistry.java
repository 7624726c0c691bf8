package dev.backstop.core.memory;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The session registry in memory, indexed: a replay keeps every session of a year's records. */
public final class LocalSessionRegistry implements SessionRegistry {
    /** By when they began: their records come in any order. */
    private static final Comparator<AgentSession> BY_START =
            Comparator.comparing(session -> session.startedAt() == null ? Instant.EPOCH : session.startedAt());

    private final Map<String, AgentSession> byKey = new HashMap<>();
    private final Map<Name, AgentSession> latestByName = new HashMap<>();
    private final Map<String, List<AgentSession>> byId = new HashMap<>();

    @Override
    public synchronized void keep(AgentSession session) {
        String key = session.accessKeyId();
        if (key != null && byKey.putIfAbsent(key, session) != null) {
            return;
        }
        latestByName.merge(Name.of(session), session, BinaryOperator.maxBy(BY_START));
        byId.computeIfAbsent(session.id(), _ -> new ArrayList<>()).add(session);
    }

    @Override
    public synchronized Optional<AgentSession> find(AgentSession seen) {
        return Optional.ofNullable(seen.accessKeyId())
                .map(byKey::get)
                .or(() -> Optional.ofNullable(latestByName.get(Name.of(seen))));
    }

    @Override
    public synchronized List<AgentSession> withId(String sessionId) {
        return byId.getOrDefault(sessionId, List.of()).stream()
                .sorted(BY_START.reversed())
                .toList();
    }

    private record Name(String role, String session) {
        static Name of(AgentSession session) {
            return new Name(session.roleName(), session.name());
        }
    }
}
