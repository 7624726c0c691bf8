package dev.backstop.cli.oncall;

import dev.backstop.cli.oncall.EventHistory.By;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the event history tells of sessions: who they are, who came from whom, and what they did. */
final class Recollection {
    /** Each costs some requests; the latest go first. */
    private static final int MOST_KEYS = 10;

    private static final Comparator<AgentSession> LATEST_FIRST = Comparator.comparing(
            AgentSession::startedAt,
            Comparator.nullsFirst(Comparator.<Instant>naturalOrder()).reversed());

    private final EventHistory history;
    private final AgentRoles roles;
    private final AgentSelector agents;
    private final Instant since;

    /** @param since how far to look back */
    Recollection(EventHistory history, AgentRoles roles, AgentSelector agents, Instant since) {
        this.history = history;
        this.roles = roles;
        this.agents = agents;
        this.since = since;
    }

    /** The session that signs with a key, else the latest of that name on that role. */
    Optional<AgentSession> find(AgentSession seen) {
        String key = seen.accessKeyId();
        if (key != null) {
            return Stream.concat(
                            issued(find(By.RESOURCE_NAME, key)).stream(), callers(find(By.ACCESS_KEY_ID, key)).stream())
                    .filter(session -> key.equals(session.accessKeyId()))
                    .findFirst();
        }
        return called(seen.name()).stream()
                .filter(session -> session.roleName().equals(seen.roleName())
                        && session.name().equals(seen.name()))
                .findFirst();
    }

    /** Those whose id it is, and their name: found at once. */
    List<AgentSession> named(String id) {
        return called(id).stream().filter(session -> session.id().equals(id)).toList();
    }

    /** Those whose id it is, whatever they are called; latest first. */
    List<AgentSession> withId(String id) {
        List<AgentSession> named = named(id);
        return named.isEmpty()
                ? ofAgentRoles().stream()
                        .filter(session -> session.id().equals(id))
                        .toList()
                : named;
    }

    List<AgentSession> withSourceIdentity(String sourceIdentity) {
        return ofAgentRoles().stream()
                .filter(session -> sourceIdentity.equals(session.sourceIdentity()))
                .toList();
    }

    /** The sessions that a key assumed, by role chaining. */
    List<AgentSession> children(String accessKeyId) {
        return issued(find(By.ACCESS_KEY_ID, accessKeyId)).stream()
                .filter(session -> accessKeyId.equals(session.parentAccessKeyId()))
                .toList();
    }

    /** Those of the agent roles. */
    List<AgentSession> since(Instant instant) {
        return ofAgentRoles().stream()
                .filter(session ->
                        session.startedAt() != null && !session.startedAt().isBefore(instant))
                .toList();
    }

    /** What sessions of that id did, in the order of time. */
    List<TimelineEntry> timeline(String id) {
        Map<String, TimelineEntry> entries = new LinkedHashMap<>();
        withId(id).stream()
                .map(AgentSession::accessKeyId)
                .filter(Objects::nonNull)
                .limit(MOST_KEYS)
                .flatMap(key ->
                        Stream.concat(find(By.RESOURCE_NAME, key).stream(), find(By.ACCESS_KEY_ID, key).stream()))
                .map(TimelineEntry::of)
                .forEach(entry -> entries.putIfAbsent(entry.id(), entry));
        return entries.values().stream()
                .sorted(Comparator.comparing(TimelineEntry::at))
                .toList();
    }

    /** By the STS record that issued them; those whose record is not here, by the calls they made. */
    private List<AgentSession> called(String name) {
        List<AgentSession> sessions = new ArrayList<>(issued(find(By.RESOURCE_NAME, name)));
        callers(find(By.USERNAME, name)).stream()
                .filter(caller ->
                        sessions.stream().noneMatch(known -> Objects.equals(known.accessKeyId(), caller.accessKeyId())))
                .toList()
                .forEach(sessions::add);
        return List.copyOf(sessions);
    }

    private List<AgentSession> ofAgentRoles() {
        return roles.arns().stream()
                .flatMap(role -> issued(find(By.RESOURCE_NAME, role)).stream())
                .sorted(LATEST_FIRST)
                .toList();
    }

    private List<AgentSession> issued(List<CloudTrailRecord> records) {
        return records.stream()
                .flatMap(record -> IssuedSession.of(record, agents).stream())
                .toList();
    }

    /** One a key: the calls of a session are many. */
    private List<AgentSession> callers(List<CloudTrailRecord> records) {
        Map<String, AgentSession> byKey = new LinkedHashMap<>();
        records.stream()
                .filter(record -> record.caller().arn() != null)
                .map(agents::session)
                .filter(session -> session.accessKeyId() != null)
                .forEach(session -> byKey.putIfAbsent(String.valueOf(session.accessKeyId()), session));
        return List.copyOf(byKey.values());
    }

    private List<CloudTrailRecord> find(By attribute, String value) {
        return history.find(attribute, value, since);
    }
}
