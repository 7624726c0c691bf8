package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.port.Revocations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The revoked sessions in the table: {@code REVOKED}/{@code sessionId#role}, without a time to live. */
public record DynamoRevocations(BackstopTable table) implements Revocations {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem");

    private static final String REVOKED = "REVOKED";

    @Override
    public void keep(Revoked revoked) {
        Map<String, AttributeValue> item = new HashMap<>(itemKey(revoked));
        item.put("sessionId", text(revoked.sessionId()));
        item.put("roleName", text(revoked.roleName()));
        item.put("policyName", text(revoked.policyName()));
        item.put("at", text(revoked.at().toString()));
        item.put("reason", text(revoked.reason()));
        item.put("operator", text(revoked.operator()));
        table.client().putItem(request -> request.tableName(table.name()).item(item));
    }

    @Override
    public List<Revoked> of(String sessionId) {
        return read(table.query(REVOKED, sessionId + "#"));
    }

    @Override
    public List<Revoked> all() {
        return read(table.query(REVOKED));
    }

    @Override
    public void forget(Revoked revoked) {
        table.client().deleteItem(request -> request.tableName(table.name()).key(itemKey(revoked)));
    }

    private static List<Revoked> read(List<Map<String, AttributeValue>> items) {
        return items.stream().map(DynamoRevocations::revoked).toList();
    }

    private static Map<String, AttributeValue> itemKey(Revoked revoked) {
        return key(REVOKED, revoked.sessionId() + "#" + revoked.roleName());
    }

    private static Revoked revoked(Map<String, AttributeValue> item) {
        return new Revoked(
                field(item, "sessionId"),
                field(item, "roleName"),
                field(item, "policyName"),
                Instant.parse(field(item, "at")),
                field(item, "reason"),
                field(item, "operator"));
    }

    private static String field(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }
}
