package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.Json;
import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The timelines in the table: {@code SESSION#id}/{@code EVENT#time#entryId}, and what outlives the session once more under
 * {@code SESSION#id}/{@code MADE#time#entryId}, so that a kill need not read all that a session did; and
 * each thing that it created under {@code SESSION#id}/{@code THING#thing#time#entryId}.
 */
public record DynamoTimeline(BackstopTable table, InstantSource clock) implements Timeline {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:BatchWriteItem", "dynamodb:Query");

    private static final Duration KEPT = Duration.ofDays(90);
    private static final String EVENT = "EVENT#";
    private static final String MADE = "MADE#";
    private static final String THING = "THING#";

    /** What DynamoDB takes in one call. */
    private static final int MOST_A_CALL = 25;

    @Override
    public void keep(String sessionId, List<TimelineEntry> entries) {
        // A batch must not name an item twice, and deliveries repeat themselves.
        Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        for (TimelineEntry entry : entries) {
            String place = time(entry.at()) + "#" + entry.id();
            items.put(EVENT + place, item(sessionId, EVENT + place, entry));
            if (entry.created() != null) {
                items.put(MADE + place, item(sessionId, MADE + place, entry));
            }
            for (Thing thing : TimelineEntry.made(entry)) {
                String sk = THING + thing.key() + "#" + place;
                items.put(sk, item(sessionId, sk, entry));
            }
        }
        items.values().stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .gather(Gatherers.windowFixed(MOST_A_CALL))
                .forEach(this::write);
    }

    @Override
    public List<TimelineEntry> of(String sessionId) {
        return read(sessionId, EVENT);
    }

    @Override
    public List<Outliving> created(String sessionId) {
        return read(sessionId, MADE).stream()
                .map(TimelineEntry::created)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<TimelineEntry> between(String sessionId, Instant from, Instant to) {
        return entries(table.query(partition(sessionId), EVENT + time(from), EVENT + time(to.plusMillis(1))));
    }

    /** A name may begin as another one does, so what was found is compared. */
    @Override
    public Map<Thing, Instant> made(String sessionId, Set<Thing> things) {
        List<TimelineEntry> creations = things.stream()
                .flatMap(thing -> read(sessionId, THING + thing.key() + "#").stream())
                .toList();
        return TimelineEntry.made(creations, things);
    }

    private void write(List<WriteRequest> writes) {
        BatchWriteItemResponse response =
                table.client().batchWriteItem(request -> request.requestItems(Map.of(table.name(), writes)));
        if (!response.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("DynamoDB left items of table " + table.name() + " unwritten: throttled");
        }
    }

    private List<TimelineEntry> read(String sessionId, String prefix) {
        return entries(table.query(partition(sessionId), prefix));
    }

    private static List<TimelineEntry> entries(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> TimelineEntry.of(Json.read(attribute(item, "entry").s())))
                .toList();
    }

    private Map<String, AttributeValue> item(String sessionId, String sk, TimelineEntry entry) {
        Map<String, AttributeValue> item = new HashMap<>(key(partition(sessionId), sk));
        item.put("entry", text(Json.write(entry.toJson())));
        item.put(BackstopTable.TTL, BackstopTable.ttl(clock.instant(), KEPT));
        return item;
    }

    private static String partition(String sessionId) {
        return "SESSION#" + sessionId;
    }

    /** Of one length, so that it sorts as text: an instant drops zero milliseconds. */
    private static String time(Instant at) {
        return String.format(Locale.ROOT, "%015d", at.toEpochMilli());
    }
}
