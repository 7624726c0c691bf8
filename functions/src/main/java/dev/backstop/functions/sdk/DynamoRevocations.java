package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.Json;
import dev.backstop.core.port.Revocations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The revoked sessions in the table: {@code REVOKED}/{@code roleArn#session}, without a time to live. */
public record DynamoRevocations(BackstopTable table) implements Revocations {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem", "dynamodb:UpdateItem");

    private static final String REVOKED = "REVOKED";
    private static final String CONFIRMED = "confirmedAt";

    @Override
    public void keep(Revoked revoked) {
        Map<String, AttributeValue> item = new HashMap<>(itemKey(revoked));
        item.put("revoked", text(Json.write(revoked.toJson())));
        item.put("at", text(revoked.at().toString()));
        if (revoked.confirmedAt() != null) {
            item.put(CONFIRMED, text(revoked.confirmedAt().toString()));
        }
        table.client().putItem(request -> request.tableName(table.name()).item(item));
    }

    @Override
    public List<Revoked> all() {
        return table.query(REVOKED).stream().map(DynamoRevocations::revoked).toList();
    }

    @Override
    public void forget(Revoked revoked) {
        table.client().deleteItem(request -> request.tableName(table.name()).key(itemKey(revoked)));
    }

    @Override
    public boolean confirm(Revoked revoked, Instant at) {
        try {
            table.client().updateItem(request -> request.tableName(table.name())
                    .key(itemKey(revoked))
                    .updateExpression("SET #confirmed = :confirmed")
                    .conditionExpression("#at = :at AND attribute_not_exists(#confirmed)")
                    .expressionAttributeNames(Map.of("#at", "at", "#confirmed", CONFIRMED))
                    .expressionAttributeValues(Map.of(
                            ":at", text(revoked.at().toString()),
                            ":confirmed", text(at.toString()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static Map<String, AttributeValue> itemKey(Revoked revoked) {
        return key(REVOKED, revoked.key());
    }

    /** The attribute has the last word on the confirmation: it is written by itself. */
    private static Revoked revoked(Map<String, AttributeValue> item) {
        Revoked revoked = Revoked.of(Json.read(attribute(item, "revoked").s()), "revocation in the table");
        AttributeValue confirmed = item.get(CONFIRMED);
        return confirmed == null ? revoked : revoked.confirmed(Instant.parse(confirmed.s()));
    }
}
