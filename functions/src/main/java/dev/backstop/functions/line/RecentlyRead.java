package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions and revocations as they were read some seconds ago, so that not every call of an agent costs two reads. */
final class RecentlyRead {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final Sessions sessions;
    private final InstantSource clock;
    private final Map<String, AgentSession> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AgentSession> eldest) {
            return size() > MOST;
        }
    };
    private List<Revoked> revoked = List.of();
    private @Nullable Instant readAt;

    RecentlyRead(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What never changes may be as old as it likes; who is not known yet is asked for each time. */
    synchronized Optional<AgentSession> session(AgentSession seen) {
        String key = seen.accessKeyId();
        AgentSession known = key == null ? null : byKey.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<AgentSession> found = sessions.registry().find(seen);
        if (key != null) {
            found.filter(session -> key.equals(session.accessKeyId())).ifPresent(session -> byKey.put(key, session));
        }
        return found;
    }

    synchronized List<Revoked> revoked() {
        Instant now = clock.instant();
        if (readAt == null || !now.isBefore(readAt.plus(FRESH))) {
            revoked = sessions.revocations().all();
            readAt = now;
        }
        return revoked;
    }
}
