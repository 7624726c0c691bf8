package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.number;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.Incident;
import dev.backstop.core.Json;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Severity;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The incidents in the table: {@code INCIDENTS}/{@code OPEN#subject} and {@code CLOSED#time#id}, and of each its {@code
 * INCIDENT#id}/{@code FINDING#key} and {@code GROUP#…}. An item a finding and no counter: what is put twice is there once.
 */
public record DynamoIncidents(BackstopTable table, InstantSource clock) implements Incidents {
    /** The IAM actions that counting and telling need. */
    public static final Set<String> COUNT_ACTIONS =
            Set.of("dynamodb:UpdateItem", "dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query");

    /** The IAM actions that closing needs as well. */
    public static final Set<String> CLOSE_ACTIONS =
            Set.of("dynamodb:UpdateItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query");

    private static final Duration KEPT = Duration.ofDays(90);
    private static final AttributeValue YES = AttributeValue.fromBool(true);
    private static final AttributeValue NO = AttributeValue.fromBool(false);

    @Override
    public Counted count(Occurrence occurrence) {
        Instant now = clock.instant();
        Case incident = join(occurrence, now);
        Map<String, AttributeValue> kept = keep(incident.id(), occurrence, now);
        AttributeValue ends = kept.get("toldEnds");
        if (ends != null) {
            return ends.s().equals(ends(occurrence)) ? new Counted.Quiet() : tell(incident, now);
        }
        if (IncidentItems.isTrue(kept.get("chosen"))) {
            return tell(incident, now);
        }
        boolean first = takes(incident.id(), occurrence, now);
        boolean chosen = occurrence.always() || (first && isWithinBounds(incident.subject(), occurrence, now));
        if (!chosen) {
            return new Counted.Quiet();
        }
        update(IncidentItems.finding(incident.id(), occurrence), "SET chosen = :yes", null, Map.of(":yes", YES));
        return tell(incident, now);
    }

    /** Opens it where none is open, in the same call. */
    private Case join(Occurrence occurrence, Instant now) {
        String session = occurrence.session().ownerKnown() ? ":session" : "if_not_exists(#session, :session)";
        return IncidentItems.incident(table.client()
                .updateItem(request -> request.tableName(table.name())
                        .key(IncidentItems.open(occurrence.subject()))
                        .updateExpression("SET id = if_not_exists(id, :id), openedAt = if_not_exists(openedAt, :now),"
                                + " subject = :subject, #resource = if_not_exists(#resource, :resource),"
                                + " #session = " + session
                                + ", lastAt = :now, windowAt = if_not_exists(windowAt, :now),"
                                + " messages = if_not_exists(messages, :none), #ttl = :ttl ADD joined :one")
                        .expressionAttributeNames(
                                Map.of("#ttl", BackstopTable.TTL, "#session", "session", "#resource", "resource"))
                        .expressionAttributeValues(Map.of(
                                ":id", text(Incident.id(occurrence.subject(), now)),
                                ":subject", text(occurrence.subject()),
                                ":session", text(Json.write(occurrence.session().toJson())),
                                ":resource",
                                        text(Json.write(occurrence.resource().toJson())),
                                ":now", number(now.toEpochMilli()),
                                ":none", number(0),
                                ":one", number(1),
                                ":ttl", BackstopTable.ttl(now, KEPT)))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes());
    }

    /** The item as it was before; empty where this is the first time. */
    private Map<String, AttributeValue> keep(String id, Occurrence occurrence, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(IncidentItems.finding(id, occurrence));
        item.put("occurrence", text(Json.write(occurrence.toJson())));
        item.put("countedAt", number(now.toEpochMilli()));
        item.put(BackstopTable.TTL, BackstopTable.ttl(now, KEPT));
        try {
            table.client().putItem(request -> request.tableName(table.name())
                    .item(item)
                    .conditionExpression("attribute_not_exists(pk)")
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Map.of();
        } catch (ConditionalCheckFailedException e) {
            return e.item();
        }
    }

    /** Whether this finding is the one of its rule and resource that is told of now. */
    private boolean takes(String id, Occurrence occurrence, Instant now) {
        return update(
                IncidentItems.group(id, occurrence),
                "SET #by = :by, claimedAt = :now, told = :no, severity = :severity, #ttl = :ttl",
                "attribute_not_exists(pk) OR #by = :by OR severity < :severity OR claimedAt <= :window"
                        + " OR (told = :no AND claimedAt <= :lease)",
                Map.of(
                        ":by", text(occurrence.key()),
                        ":now", number(now.toEpochMilli()),
                        ":no", NO,
                        ":severity", severity(occurrence),
                        ":window", number(now.minus(WINDOW).toEpochMilli()),
                        ":lease", number(now.minus(LEASE).toEpochMilli()),
                        ":ttl", BackstopTable.ttl(now, KEPT)));
    }

    /** More severe than all before; or within the window's number; or the first of another window. */
    private boolean isWithinBounds(String subject, Occurrence occurrence, Instant now) {
        Map<String, AttributeValue> open = IncidentItems.open(subject);
        AttributeValue one = number(1);
        AttributeValue ago = number(now.minus(WINDOW).toEpochMilli());
        return update(
                        open,
                        "SET severity = :severity ADD messages :one",
                        "attribute_exists(id) AND (attribute_not_exists(severity) OR severity < :severity)",
                        Map.of(":severity", severity(occurrence), ":one", one))
                || update(
                        open,
                        "ADD messages :one",
                        "windowAt > :ago AND messages < :most",
                        Map.of(":one", one, ":ago", ago, ":most", number(MOST_MESSAGES)))
                || update(
                        open,
                        "SET windowAt = :now, messages = :one",
                        "windowAt <= :ago",
                        Map.of(":now", number(now.toEpochMilli()), ":one", one, ":ago", ago))
                // Closed by hand this moment: nobody sums up any more.
                || item(open).isEmpty();
    }

    private Counted tell(Case incident, Instant now) {
        Tally tally = Tally.of(findings(incident.id()), now);
        return new Counted.Tell(tally.shown(incident, false), tally.silent());
    }

    @Override
    public void told(Occurrence occurrence, Counted.Tell told) {
        String id = told.incident().id();
        AttributeValue now = number(clock.millis());
        boolean counted = update(
                IncidentItems.finding(id, occurrence),
                "SET chosen = :yes, toldAt = :now, toldEnds = :ends",
                "attribute_exists(pk)",
                Map.of(":yes", YES, ":now", now, ":ends", text(ends(occurrence))));
        if (!counted) {
            throw new IllegalStateException("nobody counted " + occurrence.key());
        }
        update(
                IncidentItems.group(id, occurrence),
                "SET told = :yes",
                "#by = :by",
                Map.of(":yes", YES, ":by", text(occurrence.key())));
        cover(occurrence.subject(), id, told.silent());
    }

    @Override
    public void summarised(Case incident, int silent) {
        cover(incident.subject(), incident.id(), silent);
    }

    private void cover(String subject, String id, int silent) {
        update(
                IncidentItems.open(subject),
                "SET covered = :silent",
                "id = :id AND (attribute_not_exists(covered) OR covered < :silent)",
                Map.of(":silent", number(silent), ":id", text(id)));
    }

    @Override
    public Optional<Incident> current(String subject) {
        Map<String, AttributeValue> item = item(IncidentItems.open(subject));
        if (item.isEmpty()) {
            return Optional.empty();
        }
        Case incident = IncidentItems.incident(item);
        return Optional.of(Tally.of(findings(incident.id()), clock.instant()).shown(incident, false));
    }

    @Override
    public List<Case> open() {
        return table.query(IncidentItems.ALL, IncidentItems.OPEN).stream()
                .map(IncidentItems::incident)
                .toList();
    }

    @Override
    public List<Case> closedSince(Instant instant) {
        return table
                .query(
                        IncidentItems.ALL,
                        IncidentItems.CLOSED + IncidentItems.time(instant),
                        IncidentItems.CLOSED + "~")
                .reversed()
                .stream()
                .map(IncidentItems::incident)
                .toList();
    }

    @Override
    public Optional<Case> find(String id) {
        return table.query(IncidentItems.ALL).stream()
                .filter(item -> attribute(item, "id").s().equals(id))
                .findFirst()
                .map(IncidentItems::incident);
    }

    @Override
    public List<Seen> findings(String id) {
        return table.query(IncidentItems.partition(id), IncidentItems.FINDING).stream()
                .map(IncidentItems::seen)
                .sorted(Comparator.comparing(Seen::countedAt))
                .toList();
    }

    @Override
    public boolean close(Case incident, Closed how) {
        Map<String, AttributeValue> item = IncidentItems.item(incident, how);
        item.put(BackstopTable.TTL, BackstopTable.ttl(clock.instant(), KEPT));
        TransactWriteItem removed = TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table.name())
                        .key(IncidentItems.open(incident.subject()))
                        .conditionExpression("id = :id AND joined = :joined")
                        .expressionAttributeValues(
                                Map.of(":id", text(incident.id()), ":joined", number(incident.joined()))))
                .build();
        TransactWriteItem kept = TransactWriteItem.builder()
                .put(put -> put.tableName(table.name()).item(item))
                .build();
        try {
            table.client().transactWriteItems(request -> request.transactItems(removed, kept));
            return true;
        } catch (TransactionCanceledException _) {
            return false;
        }
    }

    @Override
    public void closingTold(Case incident) {
        Closed how = incident.closed();
        if (how != null) {
            update(
                    IncidentItems.closed(incident, how.at()),
                    "SET told = :yes",
                    "attribute_exists(pk)",
                    Map.of(":yes", YES));
        }
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return table.client()
                .getItem(request -> request.tableName(table.name()).key(key).consistentRead(true))
                .item();
    }

    /** Changes an item; false where the condition does not hold. */
    private boolean update(
            Map<String, AttributeValue> key,
            String change,
            @Nullable String condition,
            Map<String, AttributeValue> values) {
        Map<String, String> names = new HashMap<>();
        Map.of("#by", "by", "#ttl", BackstopTable.TTL).forEach((name, attribute) -> {
            if ((change + condition).contains(name)) {
                names.put(name, attribute);
            }
        });
        try {
            table.client().updateItem(request -> request.tableName(table.name())
                    .key(key)
                    .updateExpression(change)
                    .conditionExpression(condition)
                    .expressionAttributeNames(names.isEmpty() ? null : names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static AttributeValue severity(Occurrence occurrence) {
        return number(List.of(Severity.values()).indexOf(occurrence.severity()));
    }

    private static String ends(Occurrence occurrence) {
        return String.join(",", occurrence.ends());
    }
}
