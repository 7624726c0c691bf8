package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Exemption;
import dev.backstop.core.Exemption.Kind;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Resource;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.Trigger;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person asks to be let pass for a while: {@code {"exempt": {"session": …}, "minutes": 120, "reason": …, "operator":
 * …}} with a session, a rule or a resource; {@code {"endExemption": "ex-…", "reason": …, "operator": …}} ends it. With {@code
 * "dryRun": true} nothing changes and nobody is told.
 */
public final class Exempting {
    private static final String FIELD = "exempt";
    private static final String END = "endExemption";
    private static final int LONGEST_NAME = 1024;

    private final Controls controls;
    private final SessionLookup lookup;
    private final Timeline timeline;
    private final AlertChannel alerts;
    private final EventBus bus;
    private final Home home;
    private final InstantSource clock;

    /** Where the stack is, for what is about no session. */
    public record Home(String account, String region) {}

    public Exempting(
            Controls controls,
            SessionLookup lookup,
            Timeline timeline,
            AlertChannel alerts,
            EventBus bus,
            Home home,
            InstantSource clock) {
        this.controls = controls;
        this.lookup = lookup;
        this.timeline = timeline;
        this.alerts = alerts;
        this.bus = bus;
        this.home = home;
        this.clock = clock;
    }

    /** Whether a payload asks for this rather than for a session to go on. */
    public static boolean isAsked(JsonNode request) {
        return request.has(FIELD) || request.has(END);
    }

    /**
     * Does it: {@code {"status": "made" | "renewed" | "ended" | "was-over", "dryRun": false, "exemption": {id, kind, of, from,
     * until, operator, reason}}}.
     *
     * @throws BadInputException when something is missing or wrong, or it is not clear what is meant
     */
    public ObjectNode answer(JsonNode request) {
        String operator = Asked.worded(request, "operator");
        String reason = Asked.worded(request, "reason");
        boolean dryRun = Asked.flag(request, "dryRun");
        return request.has(END)
                ? end(Json.required(request, END, Asked.WHERE).strip(), operator, reason, dryRun)
                : make(request, operator, reason, dryRun);
    }

    /** {@code {"exemptions": […]}}: what holds, the first to end first. */
    public ObjectNode list() {
        ObjectNode answer = Json.object();
        var list = answer.putArray("exemptions");
        Instant now = clock.instant();
        controls.exemptions().stream()
                .filter(exemption -> exemption.holds(now))
                .sorted(Comparator.comparing(Exemption::until))
                .forEach(exemption -> list.add(exemption.toJson()));
        return answer;
    }

    private ObjectNode make(JsonNode request, String operator, String reason, boolean dryRun) {
        Instant now = clock.instant();
        Duration life = life(request);
        Target target = target(request.path(FIELD));
        Exemption wanted = new Exemption(target.kind, target.of, now, now.plus(life), operator, reason);
        Optional<Exemption> before = held(wanted.id(), now);
        // What was let pass already stays let pass, whatever comes in late.
        Exemption exemption = before.filter(
                        held -> Duration.between(held.from(), wanted.until()).compareTo(Exemption.LONGEST) <= 0)
                .map(held -> new Exemption(target.kind, target.of, held.from(), wanted.until(), operator, reason))
                .orElse(wanted);
        if (!dryRun) {
            controls.keep(exemption);
            tell(exemption, target.session, operator, reason, false);
        }
        return answered(before.isPresent() ? "renewed" : "made", dryRun, exemption);
    }

    private ObjectNode end(String id, String operator, String reason, boolean dryRun) {
        Instant now = clock.instant();
        Exemption known = controls.exemptions().stream()
                .filter(exemption -> exemption.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new BadInputException(Asked.WHERE, END, "there is no exemption " + id + holding(now)));
        if (!known.holds(now)) {
            return answered("was-over", dryRun, known);
        }
        Exemption over = known.endedAt(now);
        if (!dryRun) {
            controls.keep(over);
            AgentSession session =
                    known.kind() == Kind.SESSION ? named(known.of()) : somebody(known.kind(), known.of());
            tell(over, session, operator, reason, true);
        }
        return answered("ended", dryRun, over);
    }

    private Optional<Exemption> held(String id, Instant now) {
        return controls.exemptions().stream()
                .filter(exemption -> exemption.id().equals(id) && exemption.holds(now))
                .findFirst();
    }

    private String holding(Instant now) {
        List<String> ids = controls.exemptions().stream()
                .filter(exemption -> exemption.holds(now))
                .map(exemption -> exemption.id() + " (" + exemption.words() + ")")
                .toList();
        return ids.isEmpty() ? "; none holds" : "; those that hold are " + String.join(", ", ids);
    }

    private static ObjectNode answered(String status, boolean dryRun, Exemption exemption) {
        ObjectNode json = Json.object().put("status", status).put("dryRun", dryRun);
        json.set("exemption", exemption.toJson());
        return json;
    }

    private static Duration life(JsonNode request) {
        JsonNode minutes = request.path("minutes");
        if (!minutes.isInt() || minutes.asInt() < 1 || minutes.asInt() > Exemption.LONGEST.toMinutes()) {
            throw new BadInputException(
                    Asked.WHERE,
                    "minutes",
                    "is a whole number from 1 to " + Exemption.LONGEST.toMinutes() + " (" + Exemption.LONGEST.toDays()
                            + " days), not: " + minutes);
        }
        return Duration.ofMinutes(minutes.asInt());
    }

    private Target target(JsonNode asked) {
        List<String> given = List.of("session", "rule", "resource").stream()
                .filter(asked::has)
                .toList();
        if (given.size() != 1) {
            throw new BadInputException(
                    Asked.WHERE,
                    FIELD,
                    "names one of session, rule and resource, as in {\"rule\": \"bucket-deleted\"}");
        }
        Kind kind = Kind.valueOf(given.getFirst().toUpperCase(Locale.ROOT));
        String text = Json.required(asked, kind.word(), Asked.WHERE).strip();
        return switch (kind) {
            case SESSION -> session(text);
            case RULE -> {
                named(text, kind, "[a-z][a-z0-9]*(-[a-z0-9]+)*", "is no rule's id: backstop rules lists them");
                yield new Target(kind, text, somebody(kind, text));
            }
            case RESOURCE -> {
                named(text, kind, "(?!unknown$)[!-~]+", "is no resource's id or key, as alerts and incidents show it");
                yield new Target(kind, text, somebody(kind, text));
            }
        };
    }

    private static void named(String text, Kind kind, String pattern, String wrong) {
        if (text.length() > LONGEST_NAME || !text.matches(pattern)) {
            throw new BadInputException(Asked.WHERE, FIELD + "." + kind.word(), wrong + ", not: " + text);
        }
    }

    private Target session(String text) {
        List<AgentSession> found = lookup.find(text);
        List<String> subjects =
                found.stream().map(Occurrence::subject).distinct().toList();
        if (found.isEmpty()) {
            throw lookup.unknown(text);
        }
        if (subjects.size() > 1) {
            throw new BadInputException(
                    Asked.WHERE,
                    FIELD + ".session",
                    text + " is the name of several sessions; give an access key id or a role session's ARN: "
                            + String.join(", ", subjects));
        }
        return new Target(Kind.SESSION, subjects.getFirst(), found.getFirst());
    }

    private void tell(Exemption exemption, AgentSession session, String operator, String reason, boolean ended) {
        Instant now = clock.instant();
        String reference = exemption.id() + "-" + now.toEpochMilli();
        if (exemption.kind() == Kind.SESSION) {
            String what = operator + (ended ? " ended " : " made ") + exemption.id() + ", until " + exemption.until()
                    + ": " + reason;
            timeline.keep(
                    session.id(),
                    List.of(new TimelineEntry(now, TimelineEntry.Kind.OPERATOR, reference, what, null, null, null)));
        }
        alerts.send(alert(exemption, session, operator, reason, reference, now, ended));
        ObjectNode detail = Json.object().put("schema", "backstop.exemption/1");
        detail.setAll(exemption.toJson());
        detail.put("action", ended ? "ended" : "made");
        detail.put("by", operator).put("why", reason).put("at", now.toString());
        bus.put(List.of(new EventBus.Event("Backstop Exemption", detail)));
    }

    private Alert alert(
            Exemption exemption,
            AgentSession session,
            String operator,
            String reason,
            String reference,
            Instant now,
            boolean ended) {
        var rule = ended ? GuardRules.EXEMPTION_ENDED : GuardRules.EXEMPTED;
        Resource resource = new Resource("Backstop::Exemption", exemption.words(), home.region, home.account);
        Trigger trigger = new Trigger(reference, now, "backstop:" + rule.id(), home.account, home.region);
        String until = ended ? reason : "until " + exemption.until() + ": " + reason;
        return new Alert(
                GuardRules.because(rule, operator, until), trigger, session, resource, Mode.ENFORCE, List.of(), now);
    }

    /** By its own id, or by its role and name. */
    private static AgentSession named(String subject) {
        int mark = subject.lastIndexOf('#');
        String name = subject.substring(mark + 1);
        return new AgentSession(
                name,
                mark < 0 ? "" : subject.substring(0, mark),
                name,
                null,
                null,
                mark < 0 ? subject : null,
                null,
                null,
                null,
                null);
    }

    /** Of whichever session: a rule and a resource are nobody's. */
    private static AgentSession somebody(Kind kind, String of) {
        return new AgentSession(
                "every session, " + kind.word() + " " + of, "", "*", null, null, null, null, null, null, null);
    }

    /** What is meant, and the session that its alert names. */
    private record Target(Kind kind, String of, AgentSession session) {}
}
