package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.number;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import dev.backstop.core.port.SessionRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The session registry in the table. One session is kept under everything it is looked for by: {@code
 * SESSION#id}/{@code META#accessKeyId}, {@code KEY#accessKeyId}/{@code SESSION}, {@code NAME#role#session}/{@code
 * SESSION} (the latest of that name), {@code PARENT#parentAccessKeyId}/{@code accessKeyId}, {@code
 * SOURCE#sourceIdentity}/{@code accessKeyId} and {@code DAY#2026-11-25}/{@code time#accessKeyId}.
 */
public record DynamoSessionRegistry(BackstopTable table, InstantSource clock) implements SessionRegistry {
    /** The IAM actions that the methods need; a transaction needs those of its parts. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:PutItem", "dynamodb:BatchGetItem", "dynamodb:Query");

    /** Longer than any role session lives, so that a late record finds its owner. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final String REFUSED = "ConditionalCheckFailed";
    private static final Comparator<AgentSession> LATEST_FIRST =
            Comparator.comparing(DynamoSessionRegistry::started).reversed();

    @Override
    public void keep(AgentSession session) {
        List<TransactWriteItem> writes = new ArrayList<>();
        String accessKey = session.accessKeyId();
        String sortKey = accessKey == null ? session.roleName() + "#" + session.name() : accessKey;
        writes.add(put(session, byName(session), If.LATEST));
        writes.add(put(session, key("SESSION#" + session.id(), "META#" + sortKey), If.NONE));
        if (session.parentAccessKeyId() != null) {
            writes.add(put(session, key("PARENT#" + session.parentAccessKeyId(), sortKey), If.NONE));
        }
        if (session.sourceIdentity() != null) {
            writes.add(put(session, key("SOURCE#" + session.sourceIdentity(), sortKey), If.NONE));
        }
        if (session.startedAt() != null) {
            writes.add(put(session, key(day(session.startedAt()), session.startedAt() + "#" + sortKey), If.NONE));
        }
        if (accessKey != null) {
            writes.add(put(session, byKey(accessKey), If.NEW));
        }
        List<String> answers = write(writes);
        boolean known = accessKey != null && answers.getLast().equals(REFUSED);
        if (!known && answers.getFirst().equals(REFUSED)) {
            // Records come in any order: a later session has the name already, all else is still to be kept.
            write(writes.subList(1, writes.size()));
        }
    }

    @Override
    public Optional<AgentSession> find(AgentSession seen) {
        Map<String, AttributeValue> name = byName(seen);
        List<Map<String, AttributeValue>> keys =
                seen.accessKeyId() == null ? List.of(name) : List.of(byKey(seen.accessKeyId()), name);
        BatchGetItemResponse found = table.client()
                .batchGetItem(request -> request.requestItems(Map.of(
                        table.name(),
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(true)
                                .build())));
        if (!found.unprocessedKeys().isEmpty()) {
            throw new IllegalStateException("DynamoDB left keys of table " + table.name() + " unread: throttled");
        }
        // KEY# sorts before NAME#, and the exact answer goes first.
        return found.responses().getOrDefault(table.name(), List.of()).stream()
                .min(Comparator.comparing(
                        item -> attribute(item, BackstopTable.PK).s()))
                .map(DynamoSessionRegistry::session);
    }

    @Override
    public List<AgentSession> withId(String sessionId) {
        return latestFirst(table.query("SESSION#" + sessionId, "META#"));
    }

    @Override
    public List<AgentSession> withSourceIdentity(String sourceIdentity) {
        return latestFirst(table.query("SOURCE#" + sourceIdentity));
    }

    @Override
    public List<AgentSession> children(String accessKeyId) {
        return latestFirst(table.query("PARENT#" + accessKeyId));
    }

    @Override
    public List<AgentSession> since(Instant instant) {
        Instant now = clock.instant();
        Instant from = instant.isBefore(now.minus(KEPT)) ? now.minus(KEPT) : instant;
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        // One day more than today: records of clocks that run ahead.
        for (Instant day = from.truncatedTo(ChronoUnit.DAYS);
                !day.isAfter(now.plus(1, ChronoUnit.DAYS));
                day = day.plus(1, ChronoUnit.DAYS)) {
            items.addAll(table.query(day(day)));
        }
        return latestFirst(items).stream()
                .filter(session -> !started(session).isBefore(from))
                .toList();
    }

    private static String day(Instant instant) {
        return "DAY#" + LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static List<AgentSession> latestFirst(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(DynamoSessionRegistry::session)
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** Writes all or nothing, and says of each write what DynamoDB says: {@code None}, or that its condition failed. */
    private List<String> write(List<TransactWriteItem> writes) {
        try {
            table.client().transactWriteItems(request -> request.transactItems(writes));
            return Collections.nCopies(writes.size(), "None");
        } catch (TransactionCanceledException e) {
            List<String> answers = e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .toList();
            if (!answers.contains(REFUSED)) {
                throw e;
            }
            return answers;
        }
    }

    private TransactWriteItem put(AgentSession session, Map<String, AttributeValue> key, If condition) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        AttributeValue started = number(started(session).toEpochMilli());
        item.put("session", text(Json.write(session.toJson())));
        item.put("started", started);
        item.put(BackstopTable.TTL, BackstopTable.ttl(clock.instant(), KEPT));
        Put.Builder put = Put.builder().tableName(table.name()).item(item);
        switch (condition) {
            case NONE -> {}
            case NEW ->
                put.conditionExpression("attribute_not_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", BackstopTable.PK));
            case LATEST ->
                put.conditionExpression("attribute_not_exists(#pk) OR #started <= :started")
                        .expressionAttributeNames(Map.of("#pk", BackstopTable.PK, "#started", "started"))
                        .expressionAttributeValues(Map.of(":started", started));
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static Map<String, AttributeValue> byKey(String accessKeyId) {
        return key("KEY#" + accessKeyId, "SESSION");
    }

    private static Map<String, AttributeValue> byName(AgentSession session) {
        return key("NAME#" + session.roleName() + "#" + session.name(), "SESSION");
    }

    private static Instant started(AgentSession session) {
        return session.startedAt() == null ? Instant.EPOCH : session.startedAt();
    }

    private static AgentSession session(Map<String, AttributeValue> item) {
        return AgentSession.of(Json.read(attribute(item, "session").s()), "session in the table");
    }

    /** On what condition an item is put. */
    private enum If {
        NONE,
        NEW,
        LATEST
    }
}
