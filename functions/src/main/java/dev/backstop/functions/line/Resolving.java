package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Closed;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Remakes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What a person asks of an incident once they know what it was: {@code {"resolve": "inc-…", "falsePositive": true, "restore":
 * true, "reason": …, "operator": …}} closes it, and where that is asked, lets the session go on and makes again what was
 * undone; with {@code "dryRun": true} it says what would be.
 */
public final class Resolving {
    private static final String FIELD = "resolve";

    /** Findings go on joining while it is read. */
    private static final int TRIES = 5;

    /** Enough of the run is left to close the incident, and to tell people. */
    private static final Duration WAITING = Limits.LONGEST_ANSWER.minusMinutes(1);

    private final Incidents incidents;
    private final IncidentReport report;
    private final IncidentSweep closing;
    private final Undone undone;
    private final Sessions sessions;
    private final OnCall onCall;
    private final EventBus bus;
    private final InstantSource clock;

    public Resolving(
            Incidents incidents,
            IncidentReport report,
            IncidentSweep closing,
            Journal journal,
            Remakes remakes,
            Approvals approvals,
            Sessions sessions,
            OnCall onCall,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock) {
        this.incidents = incidents;
        this.report = report;
        this.closing = closing;
        this.undone =
                new Undone(incidents, journal, remakes, approvals, new Notice(sessions.timeline(), alerts, bus, clock));
        this.sessions = sessions;
        this.onCall = onCall;
        this.bus = bus;
        this.clock = clock;
    }

    /** Whether a payload asks for this. */
    public static boolean isAsked(JsonNode request) {
        return request.has(FIELD);
    }

    /**
     * Does it: {@code {"status": "resolved" | "was-closed", "dryRun": false, "incident": {…}, "revoked": false, "restored":
     * [outcomes], "again": [outcomes], "reverted": [{rule, resource, step, before, after, event, again, approved, command}]}}.
     *
     * @throws dev.backstop.core.BadInputException when something is missing or wrong, or there is no such incident
     */
    public ObjectNode answer(JsonNode request) {
        Instant until = clock.instant().plus(WAITING);
        String operator = Asked.worded(request, "operator");
        String reason = Asked.worded(request, "reason");
        boolean dryRun = Asked.flag(request, "dryRun");
        boolean falsePositive = Asked.flag(request, "falsePositive");
        Case asked = report.known(Json.required(request, FIELD, Asked.WHERE));
        boolean open = asked.closed() == null;
        boolean restore = Asked.flag(request, "restore");
        List<Outcome> restored = restore ? restored(asked, request) : List.of();
        List<Outcome> again = restore ? undone.again(asked, Asked.of(lift(asked, request)), until) : List.of();
        if (open && !dryRun) {
            close(asked, operator, reason, falsePositive);
        }
        ObjectNode answer = Json.object();
        answer.put("status", open ? "resolved" : "was-closed").put("dryRun", dryRun);
        Case now = dryRun ? asked : incidents.find(asked.id()).orElse(asked);
        answer.set("incident", IncidentReport.summary(now, incidents.findings(now.id()), clock.instant()));
        answer.put("revoked", isRevoked(asked));
        outcomes(answer.putArray("restored"), restored);
        outcomes(answer.putArray("again"), again);
        answer.set("reverted", undone.list(asked));
        return answer;
    }

    private boolean isRevoked(Case about) {
        return !sessions.revocations().under(about.session().id()).isEmpty();
    }

    /** Nothing left to lift is success. */
    private List<Outcome> restored(Case about, JsonNode request) {
        if (!isRevoked(about)) {
            return List.of();
        }
        return onCall.restore(lift(about, request));
    }

    private static ObjectNode lift(Case about, JsonNode request) {
        ObjectNode lift = Json.object().put("session", about.session().id());
        for (String field : List.of("reason", "operator", "dryRun", "keys")) {
            if (request.has(field)) {
                lift.set(field, request.path(field));
            }
        }
        return lift;
    }

    private static void outcomes(ArrayNode list, List<Outcome> outcomes) {
        outcomes.forEach(outcome -> list.add(outcome.toJson()));
    }

    private void close(Case asked, String operator, String reason, boolean falsePositive) {
        Case open = asked;
        for (int tries = 0; open.closed() == null; tries++) {
            if (tries == TRIES) {
                throw new IllegalStateException(
                        open.id() + " gets findings faster than it can be closed: stop the session");
            }
            Instant now = clock.instant();
            int findings = incidents.findings(open.id()).size();
            if (incidents.close(open, new Closed(now, findings, operator, reason, falsePositive, false))) {
                tell(open, operator, reason, falsePositive, findings, now);
            }
            open = incidents.find(asked.id()).orElse(open);
        }
        closing.announce(open);
    }

    private void tell(Case about, String operator, String reason, boolean falsePositive, int findings, Instant now) {
        String what = operator + " resolved " + about.id() + (falsePositive ? " as a false positive: " : ": ") + reason;
        sessions.timeline()
                .keep(
                        about.session().id(),
                        List.of(new TimelineEntry(
                                now, TimelineEntry.Kind.OPERATOR, about.id() + "#resolved", what, null, null, null)));
        ObjectNode detail = Json.object();
        detail.put("schema", "backstop.incident/1");
        detail.put("id", about.id());
        detail.put("session", about.session().id());
        detail.put("openedAt", about.openedAt().toString());
        detail.put("closedAt", now.toString());
        detail.put("findings", findings);
        detail.put("by", operator);
        detail.put("why", reason);
        detail.put("falsePositive", falsePositive);
        bus.put(List.of(new EventBus.Event("Backstop Incident", detail)));
    }
}
