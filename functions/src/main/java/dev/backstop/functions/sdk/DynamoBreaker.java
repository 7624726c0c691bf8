package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.key;

import dev.backstop.core.Resource;
import dev.backstop.core.port.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The breaker in the table: the findings that were let through, {@code BREAKER#resource}/{@code HOUR#hour}, one write each. */
public record DynamoBreaker(BackstopTable table) implements Breaker {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:UpdateItem");

    /** Calls older than an hour are not acted on; the rest is for whoever looks into a fight. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final String ROOM = "attribute_not_exists(#let) OR contains(#let, :finding) OR size(#let) < :limit";

    @Override
    public boolean lets(Resource resource, String finding, Instant called, int limit) {
        Instant hour = called.truncatedTo(ChronoUnit.HOURS);
        try {
            table.client().updateItem(request -> request.tableName(table.name())
                    .key(key("BREAKER#" + resource.key(), "HOUR#" + hour))
                    .updateExpression("ADD #let :findings SET #ttl = :ttl")
                    .conditionExpression(ROOM)
                    .expressionAttributeNames(Map.of("#let", "let", "#ttl", BackstopTable.TTL))
                    .expressionAttributeValues(Map.of(
                            ":finding", BackstopTable.text(finding),
                            ":findings", AttributeValue.fromSs(List.of(finding)),
                            ":limit", BackstopTable.number(limit),
                            ":ttl", BackstopTable.ttl(hour, KEPT))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }
}
