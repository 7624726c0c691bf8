package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.number;
import static dev.backstop.functions.sdk.BackstopTable.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.baseline.Change.By;
import dev.backstop.core.port.Baselines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The baselines in the table: {@code RESOURCE#key}/{@code CAPTURE#time#fields} and {@code RESOURCE#key}/{@code
 * CHANGE#time#eventId}. A change lives longer than every capture from before it, which without it would seem to be true.
 */
public record DynamoBaselines(BackstopTable table, InstantSource clock) implements Baselines {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query");

    /** Those that {@link #of} needs. */
    public static final Set<String> READ_ACTIONS = Set.of("dynamodb:Query");

    private static final Duration CAPTURE_KEPT = Duration.ofDays(30);
    private static final Duration CHANGE_KEPT = Duration.ofDays(40);
    private static final int MOST_CAPTURES = 100;
    private static final String CAPTURE = "CAPTURE#";
    private static final String CHANGE = "CHANGE#";
    private static final String UNDOING = "undoing";

    @Override
    public void keep(Resource resource, Change change) {
        String set = "SET #at = :at, #by = :by, #parts = :parts, #caller = :caller, #ttl = :ttl";
        Map<String, String> names = new HashMap<>(
                Map.of("#at", "at", "#by", "by", "#parts", "parts", "#caller", "caller", "#ttl", BackstopTable.TTL));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":at", number(change.at().toEpochMilli()),
                ":by", text(change.by().name()),
                ":parts", AttributeValue.fromSs(List.copyOf(change.parts())),
                ":caller", text(Json.write(change.caller())),
                ":ttl", BackstopTable.ttl(clock.instant(), CHANGE_KEPT)));
        if (change.undoing()) {
            set += ", #undoing = :undoing";
            names.put("#undoing", UNDOING);
            values.put(":undoing", AttributeValue.fromBool(true));
        }
        String update = set;
        table.client().updateItem(request -> request.tableName(table.name())
                .key(key(partition(resource), CHANGE + time(change.at()) + "#" + change.eventId()))
                .updateExpression(update)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values));
    }

    @Override
    public void keep(Resource resource, Capture capture) {
        String place = CAPTURE + time(capture.to()) + "#" + capture.fields().getFirst();
        Map<String, AttributeValue> item = new HashMap<>(key(partition(resource), place));
        item.put("from", number(capture.from().toEpochMilli()));
        item.put("to", number(capture.to().toEpochMilli()));
        item.put("configuration", text(Json.write(capture.configuration())));
        item.put(BackstopTable.TTL, BackstopTable.ttl(clock.instant(), CAPTURE_KEPT));
        table.client().putItem(request -> request.tableName(table.name()).item(item));
    }

    /** The changes last: one that is told in between is then known. */
    @Override
    public Baseline of(Resource resource, Instant until) {
        List<Capture> captures = newest(resource, CAPTURE, until, MOST_CAPTURES).stream()
                .filter(this::lives)
                .map(DynamoBaselines::capture)
                .toList();
        List<Change> changes = newest(resource, CHANGE, until, MOST_CHANGES).stream()
                .map(DynamoBaselines::change)
                .toList();
        Instant oldest =
                changes.size() < MOST_CHANGES ? null : changes.getLast().at();
        return Baseline.since(oldest, captures, changes);
    }

    private List<Map<String, AttributeValue>> newest(Resource resource, String prefix, Instant until, int most) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table.name())
                .keyConditionExpression("#pk = :pk AND #sk BETWEEN :first AND :last")
                .expressionAttributeNames(Map.of("#pk", BackstopTable.PK, "#sk", BackstopTable.SK))
                .expressionAttributeValues(Map.of(
                        ":pk", text(partition(resource)),
                        ":first", text(prefix),
                        // Behind all keys of that very millisecond, and before those of the next.
                        ":last", text(prefix + time(until) + "$")))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(most)
                .build();
        return table.client().queryPaginator(query).items().stream().limit(most).toList();
    }

    /** DynamoDB deletes what has expired when it finds the time, and in no order. */
    private boolean lives(Map<String, AttributeValue> item) {
        return Long.parseLong(attribute(item, BackstopTable.TTL).n())
                > clock.instant().getEpochSecond();
    }

    private static Capture capture(Map<String, AttributeValue> item) {
        return new Capture(instant(item, "from"), instant(item, "to"), (ObjectNode)
                Json.read(attribute(item, "configuration").s()));
    }

    private static Change change(Map<String, AttributeValue> item) {
        String place = attribute(item, BackstopTable.SK).s();
        return new Change(
                instant(item, "at"),
                place.substring(place.indexOf('#', CHANGE.length()) + 1),
                By.valueOf(attribute(item, "by").s()),
                item.containsKey(UNDOING),
                Set.copyOf(attribute(item, "parts").ss()),
                (ObjectNode) Json.read(attribute(item, "caller").s()));
    }

    private static Instant instant(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Long.parseLong(attribute(item, name).n()));
    }

    private static String partition(Resource resource) {
        return "RESOURCE#" + resource.key();
    }

    /** Of one length, so that it sorts as text. */
    private static String time(Instant at) {
        return String.format(Locale.ROOT, "%015d", at.toEpochMilli());
    }
}
