package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a person has said is meant to be, for a while: what is found of it is recorded and not acted on. What is critical is
 * told all the same, and what concerns identity or the guardrails is told and acted on as ever: nobody is asked to let
 * somebody do more than before, or to look away from whoever looks away the watch.
 *
 * @param of the subject of a session, as {@link Occurrence#subject} has it; a rule's id; or a resource's id or key
 * @param from calls made from then on
 * @param until and before then
 * @param operator who said so, as claimed
 */
public record Exemption(Kind kind, String of, Instant from, Instant until, String operator, String reason) {
    /** The longest that one may last; what is meant for longer belongs into configuration. */
    public static final Duration LONGEST = Duration.ofDays(3);

    private static final int DIGITS = 10;

    /** What it is about. */
    public enum Kind {
        SESSION,
        RULE,
        RESOURCE;

        /** The lower-case word that payloads and JSON use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Exemption {
        if (!from.isBefore(until) && !from.equals(until)) {
            throw new IllegalArgumentException("an exemption cannot end before it begins: " + until);
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an exemption lasts " + LONGEST.toHours() + " hours at most");
        }
    }

    /** The same for whatever is said of the same thing, so that saying it twice makes one. */
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((kind.word() + "#" + of).getBytes(StandardCharsets.UTF_8));
            return "ex-" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether it still holds for calls that are made now. */
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }

    /** The same, over by then. */
    public Exemption endedAt(Instant when) {
        return when.isBefore(until) ? new Exemption(kind, of, from, when, operator, reason) : this;
    }

    /** {@code session sess_a8f3b21c}. */
    public String words() {
        return kind.word() + " " + of;
    }

    /** The finding as it is told and acted on where some things are exempt. */
    public static Finding lower(Finding finding, List<Exemption> exemptions) {
        return switch (finding.rule().category()) {
            case IDENTITY, GUARDRAILS -> finding;
            case DESTRUCTION, COST, EXPOSURE, SECRETS, CODE ->
                exemptions.stream()
                        .filter(exemption -> exemption.covers(finding))
                        .findFirst()
                        .map(exemption -> exemption.lowered(finding))
                        .orElse(finding);
        };
    }

    private Finding lowered(Finding finding) {
        Severity told = finding.severity() == Severity.CRITICAL ? Severity.CRITICAL : Severity.INFO;
        String why = words() + " is exempt until " + until + " by " + operator + ": " + reason;
        return finding.lowered(told, Set.of(Response.ALERT), why);
    }

    /** By the time of the call: what was made while it held stays exempt however late its record comes. */
    private boolean covers(Finding finding) {
        Instant called = finding.record().eventTime();
        return !called.isBefore(from) && called.isBefore(until) && concerns(finding);
    }

    private boolean concerns(Finding finding) {
        return switch (kind) {
            case SESSION -> of.equals(Occurrence.subject(finding.session()));
            case RULE -> of.equals(finding.rule().id());
            case RESOURCE ->
                of.equals(finding.resource().id())
                        || of.equals(finding.resource().key());
        };
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("id", id());
        json.put("kind", kind.word());
        json.put("of", of);
        json.put("from", from.toString());
        json.put("until", until.toString());
        json.put("operator", operator);
        json.put("reason", reason);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Exemption of(JsonNode json) {
        return new Exemption(
                Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                json.path("of").asText(),
                Instant.parse(json.path("from").asText()),
                Instant.parse(json.path("until").asText()),
                json.path("operator").asText(),
                json.path("reason").asText());
    }
}
