package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Why a rule does not match an event: each condition of its pattern, asked on its own of the engine that matches. */
public final class Explanation {
    private final JsonNode event;
    private final List<String> reasons = new ArrayList<>();

    private Explanation(JsonNode event) {
        this.event = event;
    }

    /** One sentence a condition that fails; never empty. */
    public static List<String> of(RuleDefinition rule, Configuration configuration, JsonNode event) {
        Explanation explanation = new Explanation(event);
        CloudTrailRecord record = CloudTrailRecord.of(event.path("detail"), rule.file());
        if (!configuration.agents().selects(record.caller())) {
            explanation.reasons.add("the caller is no agent (agentRoles, agentSourceIdentities in the configuration): "
                    + record.caller().arn());
        }
        ObjectNode pattern =
                new Composition(configuration, Account.ANY).compose(rule).pattern();
        ObjectNode detail = (ObjectNode) pattern.path("detail");
        detail.remove("userIdentity");
        if (!rule.pattern().path("detail").has("errorCode")
                && detail.remove("errorCode") != null
                && record.errorCode() != null) {
            explanation.reasons.add("the call failed with " + record.errorCode()
                    + ", and a rule is about calls that succeeded unless it names errorCode");
        }
        JsonNode own = rule.pattern().path("detail").path("userIdentity");
        if (own instanceof ObjectNode identity) {
            detail.set("userIdentity", identity);
        }
        explanation.conditions(pattern, "");
        if (explanation.reasons.isEmpty()) {
            explanation.reasons.add(
                    "each condition holds, but not all of them in one item of a list, or in one branch of a $or");
        }
        return explanation.reasons;
    }

    private void conditions(JsonNode node, String path) {
        node.properties().forEach(entry -> {
            String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                conditions(entry.getValue(), inner);
            } else if (!holds(inner, entry.getValue())) {
                reasons.add(
                        entry.getKey().equals("$or")
                                ? "none of the branches of " + inner + " holds"
                                : inner + " should be " + Json.write(entry.getValue()) + " and is " + found(inner));
            }
        });
    }

    private String found(String path) {
        List<String> values = Json.values(event, path);
        return values.isEmpty() ? "not there" : String.join(", ", values);
    }

    private boolean holds(String path, JsonNode condition) {
        String[] names = path.split("\\.");
        JsonNode pattern = condition;
        for (int i = names.length - 1; i >= 0; i--) {
            pattern = Json.object().set(names[i], pattern);
        }
        Machine machine = Machine.builder().build();
        try {
            machine.addRule("condition", Json.write(pattern));
        } catch (IOException e) {
            throw new IllegalStateException("a part of a pattern that was checked before", e);
        }
        return !machine.rulesForJSONEvent(event).isEmpty();
    }
}
