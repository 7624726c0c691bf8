package dev.backstop.functions.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The one DynamoDB table, its keys and the time to live of its items; encryption is the table's own. */
public record BackstopTable(DynamoDbClient client, String name) {
    /** The partition key, a string. */
    public static final String PK = "pk";

    /** The sort key, a string. */
    public static final String SK = "sk";

    /** When an item may go, in seconds since 1970. */
    public static final String TTL = "ttl";

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(PK, text(pk), SK, text(sk));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue ttl(Instant now, Duration life) {
        return number(now.plus(life).getEpochSecond());
    }

    /** An attribute that every item of its kind has. */
    static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item of the table has no attribute " + name + ": " + item.keySet());
        }
        return value;
    }

    /** All items of a partition, as last written. */
    List<Map<String, AttributeValue>> query(String pk) {
        return items(QueryRequest.builder()
                .keyConditionExpression("#pk = :pk")
                .expressionAttributeNames(Map.of("#pk", PK))
                .expressionAttributeValues(Map.of(":pk", text(pk))));
    }

    /** The items of a partition whose sort key begins so, as last written. */
    List<Map<String, AttributeValue>> query(String pk, String skPrefix) {
        return items(QueryRequest.builder()
                .keyConditionExpression("#pk = :pk AND begins_with(#sk, :sk)")
                .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                .expressionAttributeValues(Map.of(":pk", text(pk), ":sk", text(skPrefix))));
    }

    /** The items of a partition whose sort key lies between two, both included, as last written. */
    List<Map<String, AttributeValue>> query(String pk, String from, String to) {
        return items(QueryRequest.builder()
                .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                .expressionAttributeValues(Map.of(":pk", text(pk), ":from", text(from), ":to", text(to))));
    }

    private List<Map<String, AttributeValue>> items(QueryRequest.Builder query) {
        QueryRequest request = query.tableName(name).consistentRead(true).build();
        return client.queryPaginator(request).items().stream().toList();
    }
}
