package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Occurrence;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Closed;
import dev.backstop.core.port.Incidents.Seen;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Tally;
import dev.backstop.core.port.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of incidents, for people to ask: {@code {"incidents": {"hours": 24}}} lists what is open and what was closed in
 * that time, {@code {"incident": "inc-…"}} shows one, which may also be named by its session.
 */
public final class IncidentReport {
    private static final String LIST = "incidents";
    private static final String ONE = "incident";
    private static final int HOURS = 24;

    /** For ninety days the table keeps an incident. */
    private static final int MOST_HOURS = 2160;

    /** Each is a call to the table. */
    private static final int MOST_OUTCOMES = 50;

    private final Incidents incidents;
    private final Journal journal;
    private final Timeline timeline;
    private final InstantSource clock;

    public IncidentReport(Incidents incidents, Journal journal, Timeline timeline, InstantSource clock) {
        this.incidents = incidents;
        this.journal = journal;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Whether a payload asks for this. */
    public static boolean isAsked(JsonNode request) {
        return request.has(LIST) || request.has(ONE);
    }

    /**
     * Answers {@code {"incidents": [{id, state, openedAt, lastAt, session, resource, findings, told, urgency, what, closed}]}},
     * the latest first; or one of these with its {@code list} of findings and the {@code timeline} of its session.
     *
     * @throws BadInputException when there is no such incident, or something else is wrong
     */
    public ObjectNode answer(JsonNode request) {
        return request.has(ONE)
                ? one(known(Json.required(request, ONE, Asked.WHERE)))
                : list(hours(request.path(LIST).path("hours")));
    }

    /**
     * The incident that a text names: by its id, or the latest of a session.
     *
     * @throws BadInputException when there is none; the message lists those that are open
     */
    Case known(String asked) {
        String text = asked.strip();
        if (text.startsWith("inc-")) {
            return incidents.find(text).orElseThrow(() -> unknown(text));
        }
        return Stream.concat(
                        incidents.open().stream(),
                        incidents.closedSince(clock.instant().minus(Duration.ofHours(MOST_HOURS))).stream())
                .filter(each ->
                        each.subject().equals(text) || each.session().id().equals(text))
                .max(Comparator.comparing(Case::openedAt))
                .orElseThrow(() -> unknown(text));
    }

    private BadInputException unknown(String text) {
        List<String> open = incidents.open().stream()
                .map(each -> each.id() + " (" + each.session().id() + ")")
                .toList();
        String others = open.isEmpty() ? "none is open" : "those that are open are " + String.join(", ", open);
        return new BadInputException(
                Asked.WHERE,
                ONE,
                "there is none known as " + text + ": give an incident's id or a session's; " + others);
    }

    private ObjectNode list(Duration within) {
        Instant now = clock.instant();
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray(LIST);
        Stream.concat(incidents.open().stream(), incidents.closedSince(now.minus(within)).stream())
                .sorted(Comparator.comparing(Case::lastAt).reversed())
                .forEach(each -> list.add(summary(each, incidents.findings(each.id()), now)));
        return answer;
    }

    private ObjectNode one(Case about) {
        List<Seen> findings = incidents.findings(about.id());
        ObjectNode answer = summary(about, findings, clock.instant());
        ArrayNode list = answer.putArray("list");
        int asked = 0;
        for (Seen seen : findings) {
            ObjectNode entry = finding(seen);
            if (seen.chosen() && asked++ < MOST_OUTCOMES) {
                ArrayNode outcomes = entry.putArray("outcomes");
                journal.ended(seen.occurrence().key()).orElse(List.of()).stream()
                        .filter(outcome -> !Journaled.isAlert(outcome))
                        .forEach(outcome -> outcomes.add(outcome.toJson()));
            }
            list.add(entry);
        }
        ArrayNode moments = answer.putArray("timeline");
        timeline.of(about.session().id()).forEach(entry -> moments.add(entry.toJson()));
        return answer;
    }

    /** An incident without its findings. */
    static ObjectNode summary(Case about, List<Seen> findings, Instant now) {
        Tally tally = Tally.of(findings, now);
        Closed closed = about.closed();
        ObjectNode json = Json.object();
        json.put("id", about.id());
        json.put("state", closed == null ? "open" : "closed");
        json.put("openedAt", about.openedAt().toString());
        json.put("lastAt", about.lastAt().toString());
        ObjectNode session = json.putObject("session");
        session.put("id", about.session().id());
        session.put("role", about.session().roleArn());
        session.put("developer", about.session().developer());
        session.put("project", about.session().project());
        json.put("findings", tally.findings());
        json.put("told", findings.stream().filter(seen -> seen.toldAt() != null).count());
        json.put("severity", most(findings));
        json.put("urgency", tally.urgency().word());
        json.put("what", tally.words());
        if (closed != null) {
            ObjectNode how = json.putObject("closed");
            how.put("at", closed.at().toString());
            how.put("by", closed.by());
            how.put("why", closed.why());
            how.put("falsePositive", closed.falsePositive());
        }
        return json;
    }

    private static String most(List<Seen> findings) {
        return findings.stream()
                .map(seen -> seen.occurrence().severity())
                .max(Comparator.naturalOrder())
                .map(severity -> severity.word())
                .orElse("info");
    }

    private static ObjectNode finding(Seen seen) {
        Occurrence occurrence = seen.occurrence();
        ObjectNode json = Json.object();
        json.put("key", occurrence.key());
        json.put("at", occurrence.at().toString());
        json.put("rule", occurrence.rule());
        json.put("severity", occurrence.severity().word());
        json.put("urgency", occurrence.urgency().word());
        json.set("resource", occurrence.resource().toJson());
        json.put("ends", String.join(", ", occurrence.ends()));
        json.put("toldAt", seen.toldAt() == null ? null : seen.toldAt().toString());
        return json;
    }

    private static Duration hours(JsonNode hours) {
        if (!hours.isMissingNode() && !(hours.isInt() && hours.asInt() >= 1 && hours.asInt() <= MOST_HOURS)) {
            throw new BadInputException(
                    Asked.WHERE, "incidents.hours", "is a whole number from 1 to " + MOST_HOURS + ", not: " + hours);
        }
        return Duration.ofHours(hours.asInt(HOURS));
    }
}
