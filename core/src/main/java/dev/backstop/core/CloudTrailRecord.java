package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One API call as CloudTrail recorded it, with the fields that decisions rest on lifted out; see <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">
 * the record contents</a>.
 *
 * @param account the account the call acted in, 12 digits
 * @param errorCode null when the call succeeded
 * @param json the whole record
 */
public record CloudTrailRecord(
        String eventId,
        Instant eventTime,
        String eventSource,
        String eventName,
        String region,
        String account,
        UserIdentity caller,
        @Nullable String errorCode,
        JsonNode json) {

    /**
     * Reads a record (EventBridge's {@code detail}, or an item of a log file's {@code Records}).
     *
     * @param where what to name in an error: file and position
     * @throws BadInputException when it is not a CloudTrail record
     */
    public static CloudTrailRecord of(JsonNode json, String where) {
        if (!json.isObject()) {
            throw new BadInputException(where, "detail", "is not a CloudTrail record: expected a JSON object");
        }
        JsonNode caller = json.path("userIdentity");
        if (!caller.isObject()) {
            throw new BadInputException(where, "userIdentity", "is missing: this is not a CloudTrail record");
        }
        String recipient = Json.text(json, "recipientAccountId");
        String account = recipient == null ? Json.text(caller, "accountId") : recipient;
        return new CloudTrailRecord(
                required(json, "eventID", where),
                time(required(json, "eventTime", where), where),
                required(json, "eventSource", where),
                required(json, "eventName", where),
                required(json, "awsRegion", where),
                account == null ? "unknown" : account,
                UserIdentity.of(caller),
                Json.text(json, "errorCode"),
                json);
    }

    /**
     * The AWS service that made the call for its caller, {@code cloudformation.amazonaws.com}; null where the caller made it
     * itself. The user agent says so as well, but is whatever the caller likes.
     */
    public @Nullable String through() {
        return Stream.of(caller.invokedBy(), Json.text(json, "sourceIPAddress"))
                .filter(service -> service != null && service.endsWith(".amazonaws.com"))
                .findFirst()
                .orElse(null);
    }

    /** Whether CloudFormation made the call for whoever owns the stack, who does not show in the record. */
    public boolean isOfStack() {
        return "cloudformation.amazonaws.com".equals(through());
    }

    /** {@code requestParameters}; a missing or null node where there are none. */
    public JsonNode request() {
        return json.path("requestParameters");
    }

    /** {@code responseElements}; a missing or null node where there are none. */
    public JsonNode response() {
        return json.path("responseElements");
    }

    /** Whether the caller was not allowed to make the call, in any of the services' words for it. */
    public boolean denied() {
        return errorCode != null
                && (errorCode.contains("AccessDenied")
                        || errorCode.contains("Unauthorized")
                        || errorCode.equals("AuthorizationError")
                        || errorCode.equals("NotAuthorized"));
    }

    /** {@code ec2:RunInstances}: the call in the words of an IAM policy, version suffixes included. */
    public String call() {
        return call(eventSource, eventName);
    }

    static String call(String eventSource, String eventName) {
        int dot = eventSource.indexOf('.');
        return (dot < 0 ? eventSource : eventSource.substring(0, dot)) + ":" + eventName;
    }

    private static String required(JsonNode json, String field, String where) {
        String value = Json.text(json, field);
        if (value == null || value.isEmpty()) {
            throw new BadInputException(where, field, "is missing: this is not a CloudTrail record");
        }
        return value;
    }

    private static Instant time(String text, String where) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadInputException(where, "eventTime", "is not an ISO 8601 instant: " + text);
        }
    }
}
