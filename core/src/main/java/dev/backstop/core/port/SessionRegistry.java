package dev.backstop.core.port;

import dev.backstop.core.AgentSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The agent sessions whose STS record has been seen. */
public interface SessionRegistry {
    /** Keeps a session; again for the same access key changes nothing. */
    void keep(AgentSession session);

    /** The session that signs with a key, else the latest one of that name on that role. */
    Optional<AgentSession> find(AgentSession seen);

    /** The sessions with a session id, latest first. */
    List<AgentSession> withId(String sessionId);

    /** The sessions with a source identity, latest first. */
    List<AgentSession> withSourceIdentity(String sourceIdentity);

    /** The sessions that a session's key assumed, by role chaining, latest first. */
    List<AgentSession> children(String accessKeyId);

    /** The sessions issued at or after an instant, of the last seven days at most, latest first. */
    List<AgentSession> since(Instant instant);
}
