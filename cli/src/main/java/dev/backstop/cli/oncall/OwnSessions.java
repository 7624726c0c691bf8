package dev.backstop.cli.oncall;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import dev.backstop.functions.line.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sessions as the table knows them, and as the event history tells of them where the table does not. */
final class OwnSessions {
    private final Kept kept;
    private final Recollection history;
    private final Consumer<String> notes;

    OwnSessions(Kept kept, Recollection history, Consumer<String> notes) {
        this.kept = kept;
        this.history = history;
        this.notes = notes;
    }

    /** Everything there is to be found. */
    Sessions thorough() {
        return new Sessions(new Registry(), new Doings(), new Denied());
    }

    /** What can be said without reading the event history of every agent role, where less will do. */
    SessionRegistry quick(AgentSelector agents) {
        return new Quick(agents);
    }

    private <T> List<T> orElse(List<T> known, String what, Supplier<List<T>> recalled) {
        if (!known.isEmpty()) {
            return known;
        }
        List<T> found = recalled.get();
        if (!found.isEmpty()) {
            notes.accept(what + ": found in CloudTrail's event history");
        }
        return found;
    }

    /** Whether the table knows whose a key is: then it knows whom the key assumed, too. */
    private boolean knows(String accessKeyId) {
        AgentSession key = new AgentSession(accessKeyId, "", "", null, accessKeyId, null, null, null, null, null);
        return kept.read(sessions -> sessions.registry().find(key)).isPresent();
    }

    private boolean knowsId(String id) {
        return !kept.read(sessions -> sessions.registry().withId(id)).isEmpty();
    }

    private class Registry implements SessionRegistry {
        @Override
        public void keep(AgentSession session) {
            kept.write(sessions -> sessions.registry().keep(session));
        }

        @Override
        public Optional<AgentSession> find(AgentSession seen) {
            return kept.read(sessions -> sessions.registry().find(seen))
                    .or(() -> orElse(List.of(), seen.id(), () -> history.find(seen).stream()
                                    .toList())
                            .stream()
                            .findFirst());
        }

        @Override
        public List<AgentSession> withId(String sessionId) {
            return orElse(
                    kept.read(sessions -> sessions.registry().withId(sessionId)),
                    sessionId,
                    () -> history.withId(sessionId));
        }

        @Override
        public List<AgentSession> withSourceIdentity(String sourceIdentity) {
            return orElse(
                    kept.read(sessions -> sessions.registry().withSourceIdentity(sourceIdentity)),
                    "source identity " + sourceIdentity,
                    () -> history.withSourceIdentity(sourceIdentity));
        }

        @Override
        public List<AgentSession> children(String accessKeyId) {
            return orElse(
                    kept.read(sessions -> sessions.registry().children(accessKeyId)),
                    "sessions that " + accessKeyId + " assumed",
                    () -> knows(accessKeyId) ? List.of() : history.children(accessKeyId));
        }

        @Override
        public List<AgentSession> since(Instant instant) {
            List<AgentSession> known = kept.read(sessions -> sessions.registry().since(instant));
            return kept.inTable()
                    ? known
                    : Stream.concat(known.stream(), history.since(instant).stream())
                            .toList();
        }
    }

    private final class Quick extends Registry {
        private final AgentSelector agents;

        private Quick(AgentSelector agents) {
            this.agents = agents;
        }

        /** A name on a role is enough to deny it. */
        @Override
        public Optional<AgentSession> find(AgentSession seen) {
            return seen.accessKeyId() == null
                    ? kept.read(sessions -> sessions.registry().find(seen))
                    : super.find(seen);
        }

        /** A session's own id is enough to deny it on every agent role. */
        @Override
        public List<AgentSession> withId(String sessionId) {
            return agents.isSessionId(sessionId)
                    ? orElse(
                            kept.read(sessions -> sessions.registry().withId(sessionId)),
                            sessionId,
                            () -> history.named(sessionId))
                    : super.withId(sessionId);
        }

        @Override
        public List<AgentSession> withSourceIdentity(String sourceIdentity) {
            return agents.isSessionId(sourceIdentity)
                    ? kept.read(sessions -> sessions.registry().withSourceIdentity(sourceIdentity))
                    : super.withSourceIdentity(sourceIdentity);
        }
    }

    private final class Doings implements Timeline {
        @Override
        public void keep(String sessionId, List<TimelineEntry> entries) {
            kept.write(sessions -> sessions.timeline().keep(sessionId, entries));
        }

        @Override
        public List<TimelineEntry> of(String sessionId) {
            return orElse(
                    kept.read(sessions -> sessions.timeline().of(sessionId)),
                    "what " + sessionId + " did",
                    () -> knowsId(sessionId) ? List.of() : history.timeline(sessionId));
        }

        @Override
        public List<TimelineEntry> between(String sessionId, Instant from, Instant to) {
            return of(sessionId).stream()
                    .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(to))
                    .toList();
        }

        @Override
        public Map<Thing, Instant> made(String sessionId, Set<Thing> things) {
            return TimelineEntry.made(of(sessionId), things);
        }

        @Override
        public List<Outliving> created(String sessionId) {
            return orElse(
                    kept.read(sessions -> sessions.timeline().created(sessionId)),
                    "what " + sessionId + " created",
                    () -> knowsId(sessionId)
                            ? List.of()
                            : history.timeline(sessionId).stream()
                                    .map(TimelineEntry::created)
                                    .filter(Objects::nonNull)
                                    .toList());
        }
    }

    private final class Denied implements Revocations {
        @Override
        public void keep(Revoked revoked) {
            kept.write(sessions -> sessions.revocations().keep(revoked));
        }

        @Override
        public List<Revoked> all() {
            return kept.read(sessions -> sessions.revocations().all());
        }

        @Override
        public void forget(Revoked revoked) {
            kept.write(sessions -> sessions.revocations().forget(revoked));
        }

        @Override
        public boolean confirm(Revoked revoked, Instant at) {
            return kept.read(sessions -> sessions.revocations().confirm(revoked, at));
        }
    }
}
