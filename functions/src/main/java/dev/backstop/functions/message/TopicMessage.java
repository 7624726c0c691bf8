package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.Objects;

/** What comes over the alert topic: Backstop's alerts, and what AWS itself sends there when Backstop is in trouble. */
public sealed interface TopicMessage {
    /** An alert of Backstop. */
    record Told(Message message) implements TopicMessage {}

    /**
     * An <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html">alarm</a>.
     *
     * @param state {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}
     */
    record Alarm(String name, String state, String description, String reason) implements TopicMessage {}

    /**
     * A function gave up after its retries; see <a
     * href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">destinations</a>. What it was
     * asked is left out: it may hold secrets.
     *
     * @param condition {@code RetriesExhausted}, {@code EventAgeExceeded} or another word of Lambda's
     */
    record GaveUp(String function, String condition, String error) implements TopicMessage {}

    /** Anything else. */
    record Other(String subject, String text) implements TopicMessage {}

    static TopicMessage of(String subject, String text) {
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (IllegalArgumentException _) {
            return new Other(subject, text);
        }
        if (Message.isOne(json)) {
            return new Told(new Message((ObjectNode) json));
        }
        if (json.has("AlarmName") && json.has("NewStateValue")) {
            return new Alarm(
                    word(json, "AlarmName"),
                    word(json, "NewStateValue"),
                    word(json, "AlarmDescription"),
                    word(json, "NewStateReason"));
        }
        JsonNode context = json.path("requestContext");
        if (context.has("functionArn") && context.has("condition")) {
            return new GaveUp(
                    word(context, "functionArn"),
                    word(context, "condition"),
                    word(json.path("responsePayload"), "errorMessage"));
        }
        return new Other(subject, text);
    }

    private static String word(JsonNode json, String field) {
        return Objects.requireNonNullElse(Json.text(json, field), "");
    }
}
