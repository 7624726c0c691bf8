package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session and all that reaches on from it: the sessions of the same id on whatever role, and those that their keys
 * assumed by <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining">role
 * chaining</a>, whose credentials are fresh and which a deny on the first role does not touch.
 */
final class Lineage {
    private Lineage() {}

    /** Those whose credentials may still be valid, each role session once, the given ones first. */
    static List<AgentSession> of(List<AgentSession> roots, SessionRegistry registry, Instant now) {
        Map<String, AgentSession> found = new LinkedHashMap<>();
        Deque<AgentSession> open = new ArrayDeque<>(roots);
        roots.stream()
                .filter(AgentSession::idIsItsOwn)
                .flatMap(root -> registry.withId(root.id()).stream())
                .filter(session -> mayLive(session, now))
                .forEach(open::add);
        List<String> asked = new ArrayList<>();
        while (!open.isEmpty()) {
            AgentSession session = open.remove();
            found.putIfAbsent(session.key(), session);
            String key = key(session, registry);
            if (key != null && !asked.contains(key)) {
                asked.add(key);
                open.addAll(alive(registry.children(key), now));
            }
        }
        return List.copyOf(found.values());
    }

    /** Who is named by an ARN comes without a key. */
    private static @Nullable String key(AgentSession session, SessionRegistry registry) {
        return session.accessKeyId() != null
                ? session.accessKeyId()
                : registry.find(session).map(AgentSession::accessKeyId).orElse(null);
    }

    private static Collection<AgentSession> alive(List<AgentSession> sessions, Instant now) {
        return sessions.stream().filter(session -> mayLive(session, now)).toList();
    }

    private static boolean mayLive(AgentSession session, Instant now) {
        Instant started = session.startedAt();
        return started == null || started.plus(AgentSession.LONGEST).isAfter(now);
    }
}
