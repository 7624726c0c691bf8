package dev.backstop.core.memory;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The session registry in memory. */
public final class LocalSessionRegistry implements SessionRegistry {
    /** By when they began: their records come in any order. */
    private static final Comparator<AgentSession> LATEST_FIRST = Comparator.comparing(
                    (AgentSession session) -> session.startedAt() == null ? Instant.EPOCH : session.startedAt())
            .reversed();

    private final List<AgentSession> latestFirst = new ArrayList<>();

    @Override
    public synchronized void keep(AgentSession session) {
        boolean known = latestFirst.stream().anyMatch(kept -> sameKey(kept, session));
        if (!known) {
            latestFirst.addFirst(session);
            latestFirst.sort(LATEST_FIRST);
        }
    }

    @Override
    public synchronized Optional<AgentSession> find(AgentSession seen) {
        return latestFirst.stream()
                .filter(kept -> sameKey(kept, seen))
                .findFirst()
                .or(() -> latestFirst.stream()
                        .filter(kept -> kept.roleName().equals(seen.roleName())
                                && kept.name().equals(seen.name()))
                        .findFirst());
    }

    @Override
    public synchronized List<AgentSession> withId(String sessionId) {
        return latestFirst.stream().filter(kept -> kept.id().equals(sessionId)).toList();
    }

    private static boolean sameKey(AgentSession one, AgentSession other) {
        return one.accessKeyId() != null && Objects.equals(one.accessKeyId(), other.accessKeyId());
    }
}
