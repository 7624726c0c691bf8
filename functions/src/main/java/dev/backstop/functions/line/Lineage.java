package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        List<AgentSession> open = new ArrayList<>(roots);
        roots.stream()
                .filter(AgentSession::idIsItsOwn)
                .flatMap(root -> registry.withId(root.id()).stream())
                .filter(session -> mayLive(session, now))
                .forEach(open::add);
        return reached(open, session -> key(session, registry), key -> alive(registry.children(key), now));
    }

    /** Those that the sessions of a role have assumed in other roles, and whose credentials may still be valid. */
    static List<AgentSession> ofRole(String roleArn, SessionRegistry registry, Instant now) {
        List<AgentSession> alive = registry.since(now.minus(AgentSession.LONGEST));
        Map<String, List<AgentSession>> children = alive.stream()
                .filter(session -> session.parentAccessKeyId() != null)
                .collect(Collectors.groupingBy(AgentSession::parentAccessKeyId));
        List<AgentSession> onRole = alive.stream()
                .filter(session -> session.roleArn().equals(roleArn))
                .toList();
        return reached(onRole, AgentSession::accessKeyId, key -> children.getOrDefault(key, List.of())).stream()
                .filter(session -> !session.roleArn().equals(roleArn))
                .toList();
    }

    private static List<AgentSession> reached(
            List<AgentSession> from,
            Function<AgentSession, @Nullable String> keys,
            Function<String, List<AgentSession>> children) {
        Map<String, AgentSession> found = new LinkedHashMap<>();
        Deque<AgentSession> open = new ArrayDeque<>(from);
        Set<String> asked = new HashSet<>();
        while (!open.isEmpty()) {
            AgentSession session = open.remove();
            found.putIfAbsent(session.key(), session);
            String key = keys.apply(session);
            if (key != null && asked.add(key)) {
                open.addAll(children.apply(key));
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

    private static List<AgentSession> alive(List<AgentSession> sessions, Instant now) {
        return sessions.stream().filter(session -> mayLive(session, now)).toList();
    }

    private static boolean mayLive(AgentSession session, Instant now) {
        Instant started = session.startedAt();
        return started == null || started.plus(AgentSession.LONGEST).isAfter(now);
    }
}
