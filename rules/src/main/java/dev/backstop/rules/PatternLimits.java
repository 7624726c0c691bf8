package dev.backstop.rules;

import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/**
 * What EventBridge would refuse; see <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html">its quotas</a>.
 */
final class PatternLimits {
    private static final int LENGTH = 2_048;
    private static final int COMBINATIONS = 1_000;
    private static final int RULES_WITH_WILDCARDS = 25;

    /** Of the 300 of a bus some are the stack's own. */
    private static final int RULES = 280;

    /**
     * EventBridge refuses a pattern whose wildcards are "too complex" and does not say when that is. By event-ruler's own
     * measure patterns of 9 are known to be accepted and patterns of 12 to be refused. Every branch of the agent selector
     * adds to what a wildcard weighs, so one comparison of a field is about what fits.
     */
    private static final int COMPLEXITY = 11;

    /** As long as a partition and an account id get. */
    private static final Account LONGEST = new Account("aws-us-gov", "999999999999");

    private PatternLimits() {}

    static void check(RuleBook book) {
        List<ComposedRule> rules = book.composedFor(LONGEST);
        if (rules.size() > RULES) {
            throw new BadInputException(
                    "rules", "number", rules.size() + " with your own; a bus takes " + RULES + " of them");
        }
        rules.forEach(PatternLimits::check);
        List<String> wild = rules.stream()
                .filter(rule -> Json.write(rule.pattern()).contains("\"wildcard\""))
                .map(rule -> rule.definition().id())
                .toList();
        if (wild.size() > RULES_WITH_WILDCARDS) {
            throw new BadInputException(
                    "rules", "pattern", "wildcard in more than " + RULES_WITH_WILDCARDS + " rules: a bus takes 30");
        }
    }

    private static void check(ComposedRule rule) {
        String pattern = Json.write(rule.pattern());
        String file = rule.definition().file();
        if (pattern.length() > LENGTH) {
            throw new BadInputException(
                    file,
                    "pattern",
                    pattern.length() + " characters with the agent selector; EventBridge takes " + LENGTH
                            + ": shorten it, or the selector's and the allowed values' lists");
        }
        if (combinations(pattern, file) > COMBINATIONS) {
            throw new BadInputException(file, "pattern", "$or in more than " + COMBINATIONS + " combinations");
        }
        if (pattern.contains("\"wildcard\"") && complexity(pattern) > COMPLEXITY) {
            throw new BadInputException(
                    file, "pattern", "EventBridge would find the wildcards too complex: compare a field with one only");
        }
    }

    /** What event-ruler says of a pattern's wildcards; 0 when it has none. */
    static int complexity(String pattern) {
        Machine machine = Machine.builder().build();
        try {
            machine.addRule("rule", pattern);
        } catch (IOException e) {
            throw new IllegalStateException("checked before: " + pattern, e);
        }
        return machine.evaluateComplexity(new MachineComplexityEvaluator(COMPLEXITY + 1));
    }

    private static int combinations(String pattern, String file) {
        try {
            return JsonRuleCompiler.compile(pattern).size();
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            // What follows is the whole pattern once more.
            String what = message.lines().findFirst().orElse(message);
            throw new BadInputException(file, "pattern", "EventBridge would refuse it: " + what);
        }
    }
}
