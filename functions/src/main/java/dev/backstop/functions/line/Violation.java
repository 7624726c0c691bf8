package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.port.CallHistory;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What AWS Config says: between two of its evaluations a resource ceased to keep to a rule. It notes when it recorded each, in
 * the shape of <a
 * href="https://docs.aws.amazon.com/config/latest/developerguide/example-config-rule-compliance-notification.html">its event</a>.
 *
 * @param id of the finding that it becomes
 * @param kept when it still kept to the rule; null where that is not known
 * @param broken when it did not any more; null where that is not known
 */
record Violation(
        Rule rule,
        Resource resource,
        String id,
        @Nullable Instant kept,
        @Nullable Instant broken) {
    static Violation of(String configRule, Resource resource, JsonNode detail) {
        String name = configRule.replaceFirst("^backstop-", "");
        String at =
                detail.path("newEvaluationResult").path("resultRecordedTime").asText();
        return new Violation(
                DriftRules.violated(name, resource.type()),
                resource,
                "config-" + configRule + "-" + resource.id() + "-" + at,
                recorded(detail.path("oldEvaluationResult")),
                recorded(detail.path("newEvaluationResult")));
    }

    /** Whether the last call that is known came between the two, and by now a later one would be known as well. */
    boolean isExplainedBy(CloudTrailRecord last, Instant now) {
        return kept != null
                && broken != null
                && last.eventTime().isAfter(kept)
                && !last.eventTime().isAfter(broken)
                && !now.isBefore(broken.plus(CallHistory.BEHIND));
    }

    private static @Nullable Instant recorded(JsonNode evaluation) {
        try {
            return Instant.parse(evaluation.path("resultRecordedTime").asText());
        } catch (DateTimeException _) {
            return null;
        }
    }
}
