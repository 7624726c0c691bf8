package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.number;
import static dev.backstop.functions.sdk.BackstopTable.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The journal in the table: {@code ACTION#eventId#rule}/{@code CLAIM}, one call a method. */
public record DynamoJournal(BackstopTable table, InstantSource clock) implements Journal {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:UpdateItem", "dynamodb:GetItem");

    /** Those for whoever only reads. */
    public static final Set<String> READ_ACTIONS = Set.of("dynamodb:GetItem");

    private static final String NOTE = "note ";
    private static final Duration KEPT = Duration.ofDays(90);

    /** A re-run never overwrites the first entry: by then the prior state could be Backstop's own doing. */
    private static final String CLAIM = "SET #owner = :owner, #until = :until, #done = :no, #ttl = :ttl,"
            + " #entry = if_not_exists(#entry, :entry)";

    private static final String FREE =
            "attribute_not_exists(#pk) OR (#done = :no AND (#owner = :owner OR #until <= :now))";

    @Override
    public Claim claim(String key, String owner, Duration lease, JsonNode entry) {
        Instant now = clock.instant();
        try {
            UpdateItemResponse held = table.client().updateItem(request -> request.tableName(table.name())
                    .key(item(key))
                    .updateExpression(CLAIM)
                    .conditionExpression(FREE)
                    .expressionAttributeNames(Map.of(
                            "#pk", BackstopTable.PK,
                            "#ttl", BackstopTable.TTL,
                            "#owner", "owner",
                            "#until", "leaseUntil",
                            "#done", "done",
                            "#entry", "entry"))
                    .expressionAttributeValues(Map.of(
                            ":owner", text(owner),
                            ":now", number(now.toEpochMilli()),
                            ":until", number(now.plus(lease).toEpochMilli()),
                            ":no", AttributeValue.fromBool(false),
                            ":ttl", BackstopTable.ttl(now, KEPT),
                            ":entry", text(Json.write(entry))))
                    .returnValues(ReturnValue.ALL_NEW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Claim.Held(outcomes(held.attributes()));
        } catch (ConditionalCheckFailedException e) {
            boolean done = attribute(e.item(), "done").bool();
            return done ? new Claim.Done(outcomes(e.item())) : new Claim.Busy();
        }
    }

    @Override
    public Optional<List<Outcome>> ended(String key) {
        Map<String, AttributeValue> item = read(key);
        return item.containsKey("done") && attribute(item, "done").bool()
                ? Optional.of(outcomes(item))
                : Optional.empty();
    }

    @Override
    public Optional<List<Outcome>> held(String key, String owner) {
        Map<String, AttributeValue> item = read(key);
        return item.containsKey("owner")
                        && attribute(item, "owner").s().equals(owner)
                        && !attribute(item, "done").bool()
                        && Long.parseLong(attribute(item, "leaseUntil").n()) > clock.millis()
                ? Optional.of(outcomes(item))
                : Optional.empty();
    }

    @Override
    public String note(String key, String step, String note) {
        UpdateItemResponse kept = table.client().updateItem(request -> request.tableName(table.name())
                .key(item(key))
                .updateExpression("SET #note = if_not_exists(#note, :note)")
                .conditionExpression("attribute_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", BackstopTable.PK, "#note", NOTE + step))
                .expressionAttributeValues(Map.of(":note", text(note)))
                .returnValues(ReturnValue.ALL_NEW));
        return attribute(kept.attributes(), NOTE + step).s();
    }

    @Override
    public Map<String, String> notes(String key) {
        Map<String, String> notes = new HashMap<>();
        read(key).forEach((name, value) -> {
            if (name.startsWith(NOTE)) {
                notes.put(name.substring(NOTE.length()), value.s());
            }
        });
        return Map.copyOf(notes);
    }

    @Override
    public void close(String key, List<Outcome> outcomes) {
        keep(key, outcomes, true);
    }

    @Override
    public void release(String key, List<Outcome> outcomes) {
        keep(key, outcomes, false);
    }

    private void keep(String key, List<Outcome> outcomes, boolean done) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        outcomes.forEach(outcome -> json.add(outcome.toJson()));
        table.client().updateItem(request -> request.tableName(table.name())
                .key(item(key))
                .updateExpression("SET #outcomes = :outcomes, #done = :done, #until = :now")
                .conditionExpression("attribute_exists(#pk)")
                .expressionAttributeNames(Map.of(
                        "#pk", BackstopTable.PK, "#outcomes", "outcomes", "#done", "done", "#until", "leaseUntil"))
                .expressionAttributeValues(Map.of(
                        ":outcomes", text(Json.write(json)),
                        ":done", AttributeValue.fromBool(done),
                        ":now", number(clock.millis()))));
    }

    private Map<String, AttributeValue> read(String key) {
        return table.client()
                .getItem(request ->
                        request.tableName(table.name()).key(item(key)).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> item(String key) {
        return key("ACTION#" + key, "CLAIM");
    }

    private static List<Outcome> outcomes(Map<String, AttributeValue> item) {
        AttributeValue outcomes = item.get("outcomes");
        return outcomes == null
                ? List.of()
                : StreamSupport.stream(Json.read(outcomes.s()).spliterator(), false)
                        .map(Outcome::of)
                        .toList();
    }
}
