package dev.backstop.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One CloudTrail record in the envelope that EventBridge delivers it in. */
public record Event(JsonNode envelope, CloudTrailRecord record) {
    /** See <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">CloudTrail
     * events</a>: what is larger is never delivered. */
    static final int DELIVERED = 256 << 10;

    static Event of(Frame frame, String file) throws IOException {
        String where = frame.where(file);
        if (frame.fault() != null) {
            throw new BadInputException(where, "JSON", frame.fault());
        }
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(frame.bytes());
        } catch (JsonProcessingException e) {
            throw new BadInputException(where, "JSON", "cannot be read: " + firstLine(e.getOriginalMessage()));
        }
        Event event = of(unwrapped(json), where);
        int size = frame.bytes().length;
        if (size > DELIVERED) {
            size = Json.write(event.envelope).getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > DELIVERED) {
            throw new BadInputException(
                    where,
                    "size",
                    "is " + (size + 1023) / 1024 + " KB: EventBridge delivers no event over 256 KB, so no rule would"
                            + " ever see it; look at it by hand");
        }
        return event;
    }

    /**
     * The event in what a rule handed to the function, {@code {rule, …, event}}, or in what Lambda says of an invocation
     * that failed, {@code {requestPayload: {rule, …, event}}}: what lies in queues and mails when something went wrong.
     */
    private static JsonNode unwrapped(JsonNode json) {
        JsonNode payload = json.path("requestPayload").isObject() ? json.path("requestPayload") : json;
        return payload.has("rule") && payload.path("event").isObject() ? payload.path("event") : payload;
    }

    private static Event of(JsonNode json, String where) {
        if (!EventEnvelope.isEnvelope(json)) {
            CloudTrailRecord record = CloudTrailRecord.of(json, where);
            return new Event(EventEnvelope.around(record), record);
        }
        String type = json.path("detail-type").asText();
        if (!type.endsWith(" via CloudTrail")) {
            throw new BadInputException(
                    where, "detail-type", "is not CloudTrail's: expected \"AWS API Call via CloudTrail\", not " + type);
        }
        return new Event(json, CloudTrailRecord.of(json.path("detail"), where));
    }

    private static String firstLine(String message) {
        // Which of the parser's settings a limit comes from helps nobody.
        return message.lines().findFirst().orElse(message).replaceAll(", from `[^`]*`", "");
    }
}
