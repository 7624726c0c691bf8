package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.Exemption;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The operators' switches in the table, read at most every ten seconds: {@code CONFIG}/{@code MODE} with an attribute
 * {@code all}, and one {@code rule:id} for every rule that differs; and {@code CONFIG}/{@code EXEMPT#id}, which goes a week
 * after it is over.
 */
public final class DynamoControls implements Controls {
    /** The IAM actions that {@link #modes} and {@link #exemptions} need. */
    public static final Set<String> READ_ACTIONS = Set.of("dynamodb:GetItem", "dynamodb:Query");

    /** The IAM actions that the setters need. */
    public static final Set<String> WRITE_ACTIONS = Set.of("dynamodb:UpdateItem");

    /** The IAM actions that {@link #keep} needs. */
    public static final Set<String> EXEMPT_ACTIONS = Set.of("dynamodb:PutItem", "dynamodb:Query");

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String EXEMPT = "EXEMPT#";
    private static final Map<String, AttributeValue> ITEM = key("CONFIG", "MODE");
    private static final String ALL = "all";
    private static final String RULE = "rule:";

    private final BackstopTable table;
    private final InstantSource clock;
    private @Nullable Read last;
    private @Nullable ReadExemptions lastExemptions;

    public DynamoControls(BackstopTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public synchronized Modes modes() {
        Instant now = clock.instant();
        Read read = last;
        if (read == null || !now.isBefore(read.at.plus(FRESH))) {
            read = new Read(read(), now);
            last = read;
        }
        return read.modes;
    }

    @Override
    public void set(Mode mode) {
        write(ALL, mode);
    }

    @Override
    public void set(String ruleId, Mode mode) {
        write(RULE + ruleId, mode);
    }

    @Override
    public synchronized List<Exemption> exemptions() {
        Instant now = clock.instant();
        ReadExemptions read = lastExemptions;
        if (read == null || !now.isBefore(read.at.plus(FRESH))) {
            List<Exemption> found = table.query("CONFIG", EXEMPT).stream()
                    .map(item -> Exemption.of(
                            Json.read(BackstopTable.attribute(item, "exemption").s())))
                    .toList();
            read = new ReadExemptions(found, now);
            lastExemptions = read;
        }
        return read.exemptions;
    }

    @Override
    public synchronized void keep(Exemption exemption) {
        Map<String, AttributeValue> item = new HashMap<>(key("CONFIG", EXEMPT + exemption.id()));
        item.put("exemption", text(Json.write(exemption.toJson())));
        item.put(BackstopTable.TTL, BackstopTable.ttl(exemption.until(), KEPT));
        table.client().putItem(request -> request.tableName(table.name()).item(item));
        lastExemptions = null;
    }

    /** An attribute a rule, since one call can then set it whether or not anything was set before. */
    private synchronized void write(String attribute, Mode mode) {
        table.client().updateItem(request -> request.tableName(table.name())
                .key(ITEM)
                .updateExpression("SET #attribute = :mode")
                .expressionAttributeNames(Map.of("#attribute", attribute))
                .expressionAttributeValues(Map.of(":mode", text(mode.word()))));
        last = null;
    }

    private Modes read() {
        Map<String, AttributeValue> item = table.client()
                .getItem(request -> request.tableName(table.name()).key(ITEM).consistentRead(true))
                .item();
        AttributeValue all = item.get(ALL);
        Map<String, Mode> byRule = new HashMap<>();
        item.forEach((attribute, word) -> {
            if (attribute.startsWith(RULE)) {
                byRule.put(attribute.substring(RULE.length()), mode(word));
            }
        });
        return new Modes(all == null ? Modes.INITIAL.all() : mode(all), byRule);
    }

    private static Mode mode(AttributeValue word) {
        return Mode.valueOf(word.s().toUpperCase(Locale.ROOT));
    }

    private record Read(Modes modes, Instant at) {}

    private record ReadExemptions(List<Exemption> exemptions, Instant at) {}
}
