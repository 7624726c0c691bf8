package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import java.time.Instant;
import java.util.UUID;

/**
 * What a person asks of the kill switch, read from a payload and checked.
 *
 * @param operator as claimed
 * @param mode observe for a dry run
 * @param keys whether access keys are to work again too
 * @param reference what all that comes of it is to be found under
 */
record Asked(Whom whom, String reason, String operator, Mode mode, boolean keys, String reference) {
    static final String WHERE = "input";

    /** It stands in alerts and timelines, which people read on a phone. */
    private static final int LONGEST_REASON = 1000;

    /** Whom it is about. */
    sealed interface Whom {
        /** Whatever {@link SessionLookup} makes of a text. */
        record Session(String text) implements Whom {}

        /** Every session of one role. */
        record Role(String name) implements Whom {}

        /** Every session that is revoked. */
        record Everybody() implements Whom {}
    }

    /**
     * Reads a request.
     *
     * @throws BadInputException when something is missing, or of the wrong kind
     */
    static Asked of(JsonNode request) {
        Mode mode = flag(request, "dryRun") ? Mode.OBSERVE : Mode.ENFORCE;
        return new Asked(
                whom(request, mode),
                worded(request, "reason"),
                worded(request, "operator"),
                mode,
                flag(request, "keys"),
                "operator-" + UUID.randomUUID());
    }

    /** Who asked and why, for the timeline: the outcomes say neither. */
    TimelineEntry entry(Rule rule, Instant at) {
        String what = operator + " asked, " + rule.id() + ": " + reason;
        return new TimelineEntry(at, TimelineEntry.Kind.OPERATOR, reference, what, null, null, null);
    }

    private static Whom whom(JsonNode request, Mode mode) {
        String role = Json.text(request, "role");
        if (role != null) {
            if (request.has("session") || !flag(request, "all")) {
                throw new BadInputException(
                        WHERE,
                        "role",
                        "goes with \"all\": true and without a session: it concerns every session of it");
            }
            confirmed(request, mode, "it concerns every session of the role");
            return new Whom.Role(role);
        }
        if (!flag(request, "all")) {
            return new Whom.Session(Json.required(request, "session", WHERE));
        }
        if (request.has("session")) {
            throw new BadInputException(WHERE, "all", "does not go with session: name one, or ask for all");
        }
        confirmed(request, mode, "it concerns every revoked session");
        return new Whom.Everybody();
    }

    private static void confirmed(JsonNode request, Mode mode, String why) {
        if (mode == Mode.ENFORCE && !flag(request, "confirm")) {
            throw new BadInputException(
                    WHERE, "confirm", "is not true: " + why + "; ask with \"dryRun\": true first, or confirm");
        }
    }

    static String worded(JsonNode request, String field) {
        String text = Json.required(request, field, WHERE).strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw new BadInputException(WHERE, field, "is empty, or longer than " + LONGEST_REASON + " characters");
        }
        return text;
    }

    /** Whoever writes {@code "dryRun": "yes"} must not find out by a kill that it says nothing. */
    static boolean flag(JsonNode request, String field) {
        JsonNode value = request.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new BadInputException(WHERE, field, "is true or false, without quotes, not: " + value);
        }
        return value.asBoolean();
    }
}
