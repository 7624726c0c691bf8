package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The EventBridge event around a CloudTrail record; see <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">the event structure</a>.
 */
public final class EventEnvelope {
    private EventEnvelope() {}

    /** Whether a JSON object already is an EventBridge event rather than a bare record. */
    public static boolean isEnvelope(JsonNode json) {
        return json.has("detail-type") && json.has("source") && json.has("detail");
    }

    /** Puts a bare record into the envelope that EventBridge would deliver it in. */
    public static ObjectNode around(CloudTrailRecord record) {
        ObjectNode envelope = Json.object();
        envelope.put("version", "0");
        envelope.put("id", record.eventId());
        envelope.put("detail-type", detailType(record));
        envelope.put("source", "aws." + record.eventSource().replaceFirst("\\.amazonaws\\.com$", ""));
        envelope.put("account", record.account());
        envelope.put("time", record.eventTime().toString());
        envelope.put("region", record.region());
        envelope.putArray("resources");
        envelope.set("detail", record.json());
        return envelope;
    }

    private static String detailType(CloudTrailRecord record) {
        String type = Json.text(record.json(), "eventType");
        if ("AwsConsoleSignIn".equals(type)) {
            return "AWS Console Sign In via CloudTrail";
        }
        return "AwsServiceEvent".equals(type) ? "AWS Service Event via CloudTrail" : "AWS API Call via CloudTrail";
    }
}
