package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Rule;
import dev.backstop.core.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule file, read and checked.
 *
 * @param pattern the EventBridge pattern as it stands in the file: without agent selector, placeholders unexpanded
 * @param readOnly whether it must see read-only management events, which EventBridge drops in a rule's default state
 * @param window what one session may do of this within some time; null where one matching call is a finding
 * @param references documents that explain the danger
 * @param falsePositives honest work that looks the same
 * @param file where it was read from, for error messages
 */
public record RuleDefinition(
        Rule rule,
        ObjectNode pattern,
        boolean readOnly,
        @Nullable Window window,
        List<String> references,
        List<String> falsePositives,
        String file) {
    public RuleDefinition {
        references = List.copyOf(references);
        falsePositives = List.copyOf(falsePositives);
    }

    /** A rule over one call. */
    public RuleDefinition(
            Rule rule,
            ObjectNode pattern,
            boolean readOnly,
            List<String> references,
            List<String> falsePositives,
            String file) {
        this(rule, pattern, readOnly, null, references, falsePositives, file);
    }

    public String id() {
        return rule.id();
    }

    RuleDefinition with(Rule other) {
        return new RuleDefinition(other, pattern, readOnly, window, references, falsePositives, file);
    }
}
