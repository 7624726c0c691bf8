package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.number;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Closed;
import dev.backstop.core.port.Incidents.Seen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How incidents and their findings stand in the table. */
final class IncidentItems {
    static final String ALL = "INCIDENTS";
    static final String OPEN = "OPEN#";
    static final String CLOSED = "CLOSED#";
    static final String FINDING = "FINDING#";

    private static final String WHERE = "incident in the table";

    private IncidentItems() {}

    static Map<String, AttributeValue> open(String subject) {
        return key(ALL, OPEN + subject);
    }

    static Map<String, AttributeValue> closed(Case incident, Instant at) {
        return key(ALL, CLOSED + time(at) + "#" + incident.id());
    }

    static String partition(String id) {
        return "INCIDENT#" + id;
    }

    static Map<String, AttributeValue> finding(String id, Occurrence occurrence) {
        return key(partition(id), FINDING + occurrence.key());
    }

    /** By its hash: a resource's id can be longer than a key may be. */
    static Map<String, AttributeValue> group(String id, Occurrence occurrence) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(occurrence.group().getBytes(StandardCharsets.UTF_8));
            return key(partition(id), "GROUP#" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of one length, so that it sorts as text. */
    static String time(Instant at) {
        return String.format(Locale.ROOT, "%015d", at.toEpochMilli());
    }

    static Case incident(Map<String, AttributeValue> item) {
        return new Case(
                attribute(item, "id").s(),
                attribute(item, "subject").s(),
                AgentSession.of(Json.read(attribute(item, "session").s()), WHERE),
                Resource.of(Json.read(attribute(item, "resource").s())),
                instant(attribute(item, "openedAt")),
                instant(attribute(item, "lastAt")),
                Long.parseLong(attribute(item, "joined").n()),
                item.containsKey("covered")
                        ? Integer.parseInt(attribute(item, "covered").n())
                        : 0,
                item.containsKey("closedAt") ? how(item) : null);
    }

    /** The item of a closed incident, less its time to live. */
    static Map<String, AttributeValue> item(Case incident, Closed how) {
        Map<String, AttributeValue> item = new HashMap<>(closed(incident, how.at()));
        item.put("id", text(incident.id()));
        item.put("subject", text(incident.subject()));
        item.put("session", text(Json.write(incident.session().toJson())));
        item.put("resource", text(Json.write(incident.resource().toJson())));
        item.put("openedAt", number(incident.openedAt().toEpochMilli()));
        item.put("lastAt", number(incident.lastAt().toEpochMilli()));
        item.put("joined", number(incident.joined()));
        item.put("covered", number(incident.covered()));
        item.put("closedAt", number(how.at().toEpochMilli()));
        item.put("findings", number(how.findings()));
        item.put("by", text(how.by()));
        item.put("why", text(how.why()));
        item.put("falsePositive", AttributeValue.fromBool(how.falsePositive()));
        item.put("told", AttributeValue.fromBool(how.told()));
        return item;
    }

    static Seen seen(Map<String, AttributeValue> item) {
        return new Seen(
                Occurrence.of(Json.read(attribute(item, "occurrence").s()), WHERE),
                instant(attribute(item, "countedAt")),
                isTrue(item.get("chosen")),
                item.containsKey("toldAt") ? instant(attribute(item, "toldAt")) : null);
    }

    static boolean isTrue(@Nullable AttributeValue value) {
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    private static Closed how(Map<String, AttributeValue> item) {
        return new Closed(
                instant(attribute(item, "closedAt")),
                Integer.parseInt(attribute(item, "findings").n()),
                attribute(item, "by").s(),
                attribute(item, "why").s(),
                isTrue(item.get("falsePositive")),
                isTrue(item.get("told")));
    }

    private static Instant instant(AttributeValue millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis.n()));
    }
}
