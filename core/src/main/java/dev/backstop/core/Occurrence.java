package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One finding as an incident counts it.
 *
 * @param key what it is counted under, however often it is told: see {@link Finding#key}
 * @param subject what the incident is about: findings of one subject belong together
 * @param at when the call was made
 * @param ends what became of its actions, in a word each; a retry that came no further has the same
 * @param always whether people hear of it however much they have heard: what was to contain it did not
 */
public record Occurrence(
        String key,
        String subject,
        String rule,
        Severity severity,
        Urgency urgency,
        AgentSession session,
        Resource resource,
        Instant at,
        List<String> ends,
        boolean always) {
    public Occurrence {
        ends = List.copyOf(ends);
    }

    /** The finding that an alert is about. */
    public static Occurrence of(Alert alert, boolean always) {
        return new Occurrence(
                alert.key(),
                alert.trigger().isDrift() ? alert.resource().key() : subject(alert.session()),
                alert.rule().id(),
                alert.severity(),
                alert.urgency(),
                alert.session(),
                alert.resource(),
                alert.trigger().time(),
                alert.outcomes().stream().map(Outcome::end).toList(),
                always);
    }

    /** A session's own id wherever it shows; a mere session name is anyone's, so only on its role. */
    public static String subject(AgentSession session) {
        return session.idIsItsOwn() ? session.id() : session.key();
    }

    /** What further findings are only counted under: the same rule on the same resource. */
    public String group() {
        return rule + "#" + resource.key();
    }

    /** {@code security-group-opened-to-world on sg-1}. */
    public String words() {
        return rule + " on " + resource.id();
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("key", key);
        json.put("subject", subject);
        json.put("rule", rule);
        json.put("severity", severity.word());
        json.put("urgency", urgency.word());
        json.set("session", session.toJson());
        json.set("resource", resource.toJson());
        json.put("at", at.toString());
        json.put("ends", String.join(",", ends));
        json.put("always", always);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Occurrence of(JsonNode json, String where) {
        return new Occurrence(
                json.path("key").asText(),
                json.path("subject").asText(),
                json.path("rule").asText(),
                Severity.valueOf(json.path("severity").asText().toUpperCase(Locale.ROOT)),
                Urgency.valueOf(json.path("urgency").asText().toUpperCase(Locale.ROOT)),
                AgentSession.of(json.path("session"), where),
                Resource.of(json.path("resource")),
                Instant.parse(json.path("at").asText()),
                Stream.of(json.path("ends").asText().split(","))
                        .filter(end -> !end.isEmpty())
                        .toList(),
                json.path("always").asBoolean());
    }
}
