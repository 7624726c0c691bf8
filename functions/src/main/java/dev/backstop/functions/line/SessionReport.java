package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of sessions, for people to ask: the list of the latest, and the timeline of one. */
public final class SessionReport {
    private static final int HOURS = 24;

    /** For a week the registry keeps a session. */
    private static final int MOST_HOURS = 168;

    private final Sessions sessions;
    private final SessionLookup lookup;
    private final InstantSource clock;

    public SessionReport(Sessions sessions, SessionLookup lookup, InstantSource clock) {
        this.sessions = sessions;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * Answers {@code {}} or {@code {"hours": 48}} with {@link #latest}, and {@code {"session": …}} with {@link #timeline}.
     *
     * @throws BadInputException when that is not what is asked, or it is not clear which session is meant
     */
    public ObjectNode answer(JsonNode request) {
        String session = Json.text(request, "session");
        if (session != null) {
            return timeline(session);
        }
        JsonNode hours = request.path("hours");
        if (!hours.isMissingNode() && !(hours.isInt() && hours.asInt() >= 1 && hours.asInt() <= MOST_HOURS)) {
            throw new BadInputException(
                    "input", "hours", "is a whole number from 1 to " + MOST_HOURS + ", not: " + hours);
        }
        return latest(Duration.ofHours(hours.asInt(HOURS)));
    }

    /** {@code {"sessions": [{id, role, name, developer, project, startedAt, revoked?}]}}, the latest first. */
    public ObjectNode latest(Duration within) {
        Map<String, Revoked> revoked = sessions.revocations().all().stream()
                .collect(Collectors.toMap(Revoked::key, Function.identity(), (first, _) -> first));
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("sessions");
        sessions.registry()
                .since(clock.instant().minus(within))
                .forEach(session -> list.add(session(session, revoked.get(session.key()))));
        // A revocation outlives the registry, and whoever is denied must be seen.
        ArrayNode denied = answer.putArray("revoked");
        revoked.values().forEach(each -> denied.add(session(each.session(), each)));
        return answer;
    }

    /**
     * {@code {"session": …, "sessions": […], "timeline": [{at, kind, id, what, on, result}]}}.
     *
     * @throws BadInputException when it is not clear which session is meant
     */
    public ObjectNode timeline(String asked) {
        String text = asked.strip();
        List<AgentSession> found = lookup.find(text);
        String id = found.isEmpty() ? text : found.getFirst().id();
        List<TimelineEntry> entries = sessions.timeline().of(id);
        if (found.isEmpty() && entries.isEmpty()) {
            throw lookup.unknown(text);
        }
        List<Revoked> under = sessions.revocations().under(id);
        ObjectNode answer = Json.object().put("session", id);
        ArrayNode list = answer.putArray("sessions");
        found.forEach(session -> list.add(session(
                session,
                under.stream()
                        .filter(revoked -> revoked.covers(session))
                        .findFirst()
                        .orElse(null))));
        ArrayNode timeline = answer.putArray("timeline");
        entries.forEach(entry -> timeline.add(entry.toJson()));
        return answer;
    }

    private static ObjectNode session(AgentSession session, @Nullable Revoked revoked) {
        ObjectNode json = Json.object();
        json.put("id", session.id());
        json.put("role", session.roleArn());
        json.put("name", session.name());
        json.put("developer", session.developer());
        json.put("project", session.project());
        json.put(
                "startedAt",
                session.startedAt() == null ? null : session.startedAt().toString());
        if (revoked != null) {
            ObjectNode kill = json.putObject("revoked");
            kill.put("at", revoked.at().toString());
            kill.put("root", revoked.root());
            kill.put("reason", revoked.reason());
            kill.put("operator", revoked.operator());
            kill.put(
                    "confirmedAt",
                    revoked.confirmedAt() == null ? null : revoked.confirmedAt().toString());
        }
        return json;
    }
}
