package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a session: a call it made, or what Backstop or a person did about it. Holds ids and names, never a
 * request's body.
 *
 * @param id the event's id, with the rule or step behind a {@code #} where one event led to several entries
 * @param what the call in the words of an IAM policy, or what was done
 * @param on the resource, as far as known
 * @param result the error code of a failed call, or what became of an action; null for a call that succeeded
 * @param created what the call made that outlives the session
 * @param marks what windows and softening go by; null for what is no call of the session
 */
public record TimelineEntry(
        Instant at,
        Kind kind,
        String id,
        String what,
        @Nullable String on,
        @Nullable String result,
        @Nullable Outliving created,
        @Nullable Marks marks) {
    public TimelineEntry(
            Instant at,
            Kind kind,
            String id,
            String what,
            @Nullable String on,
            @Nullable String result,
            @Nullable Outliving created) {
        this(at, kind, id, what, on, result, created, null);
    }

    /** What kind of moment. */
    public enum Kind {
        /** Credentials were issued. */
        ISSUED,
        /** The session called AWS. */
        CALL,
        /** A rule matched. */
        FINDING,
        /** Backstop did something about it. */
        ACTION,
        /** A person did. */
        OPERATOR;

        /** The lower-case word that JSON uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A call that a session made, from its record. */
    public static TimelineEntry of(CloudTrailRecord record) {
        boolean issued = record.eventSource().equals("sts.amazonaws.com")
                && !record.response().path("credentials").isMissingNode();
        return new TimelineEntry(
                record.eventTime(),
                issued ? Kind.ISSUED : Kind.CALL,
                record.eventId(),
                record.call(),
                Touched.by(record),
                record.errorCode(),
                Outliving.of(record).orElse(null),
                Marks.of(record));
    }

    /** The same without what only people read. */
    public TimelineEntry bare() {
        return new TimelineEntry(at, kind, id, what.intern(), null, null, null, marks);
    }

    /** The same call, once it is known in whose windows it counts. */
    public TimelineEntry counting(Set<String> rules) {
        return new TimelineEntry(at, kind, id, what, on, result, created, marks == null ? null : marks.counting(rules));
    }

    /** What became of an action on a finding. */
    public static TimelineEntry of(Outcome outcome, Instant at) {
        boolean alert = outcome.action() == Response.ALERT;
        boolean operator = outcome.rule().equals("operator");
        return new TimelineEntry(
                at,
                alert ? Kind.FINDING : operator ? Kind.OPERATOR : Kind.ACTION,
                outcome.eventId() + "#" + outcome.rule() + "#"
                        + outcome.action().word() + "#"
                        + Integer.toHexString(outcome.step().hashCode()),
                alert ? outcome.rule() + ": " + outcome.message() : outcome.step(),
                null,
                alert ? null : outcome.status().word(),
                null);
    }

    /** What became of actions, an entry each. */
    public static List<TimelineEntry> of(List<Outcome> outcomes, Instant at) {
        return outcomes.stream().map(outcome -> of(outcome, at)).toList();
    }

    /** When entries first created each of some things, given in the order of time. */
    public static Map<Thing, Instant> made(List<TimelineEntry> entries, Set<Thing> things) {
        Map<Thing, Instant> made = new HashMap<>();
        entries.forEach(entry ->
                made(entry).stream().filter(things::contains).forEach(thing -> made.putIfAbsent(thing, entry.at())));
        return Map.copyOf(made);
    }

    /** The ids of the rules in whose windows it counts. */
    public Set<String> countsIn() {
        return marks == null ? Set.of() : marks.counts();
    }

    /** What the call of an entry did away with, see {@link Thing#removedBy}. */
    public static List<Set<Thing>> removed(TimelineEntry entry) {
        Marks marks = entry.marks();
        return marks == null ? List.of() : marks.removed();
    }

    /** What the call of an entry created; none for what is no call. */
    public static Set<Thing> made(TimelineEntry entry) {
        Marks marks = entry.marks();
        return marks == null ? Set.of() : marks.made();
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("at", at.toString());
        json.put("kind", kind.word());
        json.put("id", id);
        json.put("what", what);
        json.put("on", on);
        json.put("result", result);
        Optional.ofNullable(created).ifPresent(made -> json.set("created", made.toJson()));
        Optional.ofNullable(marks).ifPresent(known -> json.set("marks", known.toJson()));
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static TimelineEntry of(JsonNode json) {
        JsonNode created = json.path("created");
        return new TimelineEntry(
                Instant.parse(json.path("at").asText()),
                Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                json.path("id").asText(),
                json.path("what").asText(),
                Json.text(json, "on"),
                Json.text(json, "result"),
                created.isObject() ? Outliving.of(created) : null,
                json.path("marks").isObject() ? Marks.of(json.path("marks")) : null);
    }
}
