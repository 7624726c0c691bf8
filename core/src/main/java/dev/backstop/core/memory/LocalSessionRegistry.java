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
import org.jspecify.annotations.Nullable;

/** The session registry in memory, indexed: a replay keeps every session of a year's records. */
public final class LocalSessionRegistry implements SessionRegistry {
    /** By when they began: their records come in any order. */
    private static final Comparator<AgentSession> BY_START =
            Comparator.comparing(session -> session.startedAt() == null ? Instant.EPOCH : session.startedAt());

    private final Map<String, AgentSession> byKey = new HashMap<>();
    private final Map<Name, AgentSession> latestByName = new HashMap<>();
    private final Map<String, List<AgentSession>> byId = new HashMap<>();
    private final Map<String, List<AgentSession>> bySourceIdentity = new HashMap<>();
    private final Map<String, List<AgentSession>> byParent = new HashMap<>();

    @Override
    public synchronized void keep(AgentSession session) {
        String key = session.accessKeyId();
        if (key != null && byKey.putIfAbsent(key, session) != null) {
            return;
        }
        latestByName.merge(Name.of(session), session, BinaryOperator.maxBy(BY_START));
        index(byId, session.id(), session);
        index(bySourceIdentity, session.sourceIdentity(), session);
        index(byParent, session.parentAccessKeyId(), session);
    }

    @Override
    public synchronized Optional<AgentSession> find(AgentSession seen) {
        return Optional.ofNullable(seen.accessKeyId())
                .map(byKey::get)
                .or(() -> Optional.ofNullable(latestByName.get(Name.of(seen))));
    }

    @Override
    public synchronized List<AgentSession> withId(String sessionId) {
        return latestFirst(byId.getOrDefault(sessionId, List.of()));
    }

    @Override
    public synchronized List<AgentSession> withSourceIdentity(String sourceIdentity) {
        return latestFirst(bySourceIdentity.getOrDefault(sourceIdentity, List.of()));
    }

    @Override
    public synchronized List<AgentSession> children(String accessKeyId) {
        return latestFirst(byParent.getOrDefault(accessKeyId, List.of()));
    }

    @Override
    public synchronized List<AgentSession> since(Instant instant) {
        return latestFirst(byId.values().stream()
                .flatMap(List::stream)
                .filter(session ->
                        session.startedAt() != null && !session.startedAt().isBefore(instant))
                .toList());
    }

    private static void index(Map<String, List<AgentSession>> index, @Nullable String key, AgentSession session) {
        if (key != null) {
            index.computeIfAbsent(key, _ -> new ArrayList<>()).add(session);
        }
    }

    private static List<AgentSession> latestFirst(List<AgentSession> sessions) {
        return sessions.stream().sorted(BY_START.reversed()).toList();
    }

    private record Name(String role, String session) {
        static Name of(AgentSession session) {
            return new Name(session.roleName(), session.name());
        }
    }
}
