package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What inline policies deny to whom, as far as Backstop writes them: statements that deny every action on every resource
 * under {@code StringEquals}, {@code StringLike} with one leading asterisk, and {@code DateLessThan}; a list of values
 * means any of them. A statement that allows denies nothing. Anything else is an error, never a guess.
 */
final class DenyPolicy {
    private DenyPolicy() {}

    static boolean denies(JsonNode document, SessionContext caller) {
        return Json.items(document.path("Statement")).stream().anyMatch(statement -> denied(statement, caller));
    }

    private static boolean denied(JsonNode statement, SessionContext caller) {
        if ("Allow".equals(Json.text(statement, "Effect"))) {
            return false;
        }
        if (!"Deny".equals(Json.text(statement, "Effect"))
                || !"*".equals(Json.text(statement, "Action"))
                || !"*".equals(Json.text(statement, "Resource"))) {
            throw new LocalAwsException("NotModelled", "statement " + statement);
        }
        return statement.path("Condition").properties().stream()
                .allMatch(operator -> operator.getValue().properties().stream()
                        .allMatch(key -> holds(operator.getKey(), key.getValue(), caller.value(key.getKey()))));
    }

    private static boolean holds(String operator, JsonNode wanted, @Nullable String actual) {
        if (actual == null) {
            return false;
        }
        return wanted.isArray()
                ? wanted.valueStream().anyMatch(value -> holds(operator, actual, value.asText()))
                : holds(operator, actual, wanted.asText());
    }

    private static boolean holds(String operator, String actual, String wanted) {
        return switch (operator) {
            case "StringEquals" -> actual.equals(wanted);
            case "StringLike" -> actual.endsWith(tail(wanted));
            case "DateLessThan" -> Instant.parse(actual).isBefore(Instant.parse(wanted));
            default -> throw new LocalAwsException("NotModelled", "condition operator " + operator);
        };
    }

    private static String tail(String pattern) {
        String tail = pattern.substring(1);
        if (!pattern.startsWith("*") || tail.contains("*") || tail.contains("?")) {
            throw new LocalAwsException("NotModelled", "pattern " + pattern);
        }
        return tail;
    }
}
