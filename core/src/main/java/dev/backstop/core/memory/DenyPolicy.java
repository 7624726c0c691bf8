package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the deny policies that Backstop writes mean: statements that deny every action on every resource under {@code
 * StringEquals} and {@code DateLessThan}. Anything else is an error, never a guess.
 */
final class DenyPolicy {
    private DenyPolicy() {}

    static boolean denies(String document, SessionContext caller) {
        return Json.items(Json.read(document).path("Statement")).stream()
                .anyMatch(statement -> applies(statement, caller));
    }

    private static boolean applies(JsonNode statement, SessionContext caller) {
        if (!"Deny".equals(Json.text(statement, "Effect"))
                || !"*".equals(Json.text(statement, "Action"))
                || !"*".equals(Json.text(statement, "Resource"))) {
            throw new LocalAwsException("NotModelled", "statement " + statement);
        }
        return statement.path("Condition").properties().stream()
                .allMatch(operator -> operator.getValue().properties().stream()
                        .allMatch(key -> holds(operator.getKey(), key, caller)));
    }

    private static boolean holds(String operator, Map.Entry<String, JsonNode> condition, SessionContext caller) {
        @Nullable String actual = caller.value(condition.getKey());
        String wanted = condition.getValue().asText();
        return switch (operator) {
            case "StringEquals" -> Objects.equals(actual, wanted);
            case "DateLessThan" -> actual != null && Instant.parse(actual).isBefore(Instant.parse(wanted));
            default -> throw new LocalAwsException("NotModelled", "condition operator " + operator);
        };
    }
}
