package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one action on one finding.
 *
 * @param action which response this belongs to
 * @param step the step in words
 * @param before the live state found, in one line; null where none was read
 * @param after the state read back afterwards; null where nothing was written
 * @param verified whether the state read back is the one aimed at
 * @param message what happened, in one sentence for people
 * @param command what a person can run to do it, or to do the rest; null when nothing is left to do
 * @param document what would have been written, as JSON; null where it was not only observed, or no document is written
 */
public record Outcome(
        String eventId,
        String rule,
        Response action,
        String step,
        Status status,
        @Nullable String before,
        @Nullable String after,
        boolean verified,
        String message,
        @Nullable String command,
        @Nullable String document) {

    public Outcome(
            String eventId,
            String rule,
            Response action,
            String step,
            Status status,
            @Nullable String before,
            @Nullable String after,
            boolean verified,
            String message,
            @Nullable String command) {
        this(eventId, rule, action, step, status, before, after, verified, message, command, null);
    }

    /** How an action ended. */
    public enum Status {
        /** Written by Backstop. */
        APPLIED,
        /** Nothing was left to do. */
        ALREADY_DONE,
        /** Not done, on purpose. */
        REFUSED,
        /** Tried, and an error came back. */
        FAILED,
        /** Mode observe: what would have been done. */
        OBSERVED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The outcome of an action that changed nothing.
     *
     * @param message why, in one sentence for people
     * @param command what a person can run; null when there is nothing to run
     */
    public static Outcome unchanged(
            Status status,
            String eventId,
            String rule,
            Response action,
            String step,
            String message,
            @Nullable String command) {
        return new Outcome(eventId, rule, action, step, status, null, null, false, message, command);
    }

    /** The same outcome with a remark behind the step, for whoever reads it. */
    public Outcome remarking(String remark) {
        return new Outcome(
                eventId,
                rule,
                action,
                step + " (" + remark + ")",
                status,
                before,
                after,
                verified,
                message,
                command,
                document);
    }

    /** Whether the danger this action was for is over. */
    public boolean contained() {
        return status == Status.ALREADY_DONE || (status == Status.APPLIED && verified);
    }

    /** How it stands in a word: that the danger is over, or else how the action ended. */
    public String end() {
        return contained() ? "contained" : status.word();
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("eventId", eventId);
        json.put("rule", rule);
        json.put("action", action.word());
        json.put("step", step);
        json.put("status", status.word());
        json.put("before", before);
        json.put("after", after);
        json.put("verified", verified);
        json.put("message", message);
        json.put("command", command);
        if (document != null) {
            json.set("document", Json.read(document));
        }
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Outcome of(JsonNode json) {
        return new Outcome(
                json.path("eventId").asText(),
                json.path("rule").asText(),
                Response.valueOf(json.path("action").asText().toUpperCase(Locale.ROOT)),
                json.path("step").asText(),
                Status.valueOf(
                        json.path("status").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
                Json.text(json, "before"),
                Json.text(json, "after"),
                json.path("verified").asBoolean(),
                json.path("message").asText(),
                Json.text(json, "command"),
                json.has("document") ? Json.write(json.path("document")) : null);
    }
}
