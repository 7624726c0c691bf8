package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.SetTag;
import dev.backstop.core.port.ForgedTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Agents' exemption tags in the table: {@code TAGGED#account/resource}/{@code VALUE#value}. */
public record DynamoForgedTags(BackstopTable table) implements ForgedTags {
    /** The IAM actions that keeping needs. */
    public static final Set<String> KEEP_ACTIONS = Set.of("dynamodb:UpdateItem");

    /** The IAM actions that reading needs. */
    public static final Set<String> READ_ACTIONS = Set.of("dynamodb:Query");

    /** A tag stays where it is: what is forgotten here would count one day. */
    private static final Duration KEPT = Duration.ofDays(3 * 365);

    @Override
    public void keep(String account, Forged forged) {
        String value = Objects.requireNonNullElse(forged.tag().value(), "");
        table.client().updateItem(request -> request.tableName(table.name())
                .key(key(partition(account, forged.tag().resource()), "VALUE#" + value))
                .updateExpression("SET #session = if_not_exists(#session, :session), #at = if_not_exists(#at, :at),"
                        + " #known = :known, #ttl = :ttl")
                .expressionAttributeNames(
                        Map.of("#session", "session", "#at", "at", "#known", "known", "#ttl", BackstopTable.TTL))
                .expressionAttributeValues(Map.of(
                        ":session", text(forged.session()),
                        ":at", text(forged.at().toString()),
                        ":known", AttributeValue.fromBool(forged.tag().value() != null),
                        ":ttl", BackstopTable.ttl(forged.at(), KEPT))));
    }

    @Override
    public List<Forged> on(String account, String resource) {
        return table.query(partition(account, resource)).stream()
                .map(item -> forged(resource, item))
                .toList();
    }

    private static Forged forged(String resource, Map<String, AttributeValue> item) {
        String value = attribute(item, BackstopTable.SK).s().substring("VALUE#".length());
        boolean known = attribute(item, "known").bool();
        return new Forged(
                new SetTag(resource, known ? value : null),
                attribute(item, "session").s(),
                Instant.parse(attribute(item, "at").s()));
    }

    private static String partition(String account, String resource) {
        return "TAGGED#" + account + "/" + resource;
    }
}
