package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.backstop.core.Json;
import dev.backstop.core.iam.IamRequest;
import dev.backstop.core.iam.IamSimulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of calls and what each must come to, a line a call: {@code decision | action | resource | key=value; key=value}.
 * A resource is written without the beginning of its ARN, which follows from the action's service.
 */
record Calls(List<Call> calls) {
    private static final String ACCOUNT = Synthesized.ACCOUNT.id();
    private static final Map<String, String> DECISIONS = Map.of(
            "allowed", "Allowed",
            "denied", "ExplicitlyDenied",
            "not allowed", "ImplicitlyDenied");
    private static final Set<String> LISTS =
            Set.of("aws:TagKeys", "events:source", "kms:ResourceAliases", "sts:TransitiveTagKeys");

    static Calls of(String table) {
        return new Calls(table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Calls::call)
                .toList());
    }

    /** Fails with every call that comes to something else. */
    void judge(Caller caller) {
        assertEquals(List.of(), wrong(caller));
    }

    /** The calls that come to something else. */
    List<String> wrong(Caller caller) {
        assertFalse(calls.isEmpty());
        List<String> decided =
                IamSimulator.decide(calls.stream().map(call -> call.by(caller)).toList());
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (!decided.get(i).equals(calls.get(i).decision)) {
                wrong.add(calls.get(i) + " came to " + decided.get(i));
            }
        }
        return wrong;
    }

    /** The ARN of a resource in the account of the templates. */
    static String arn(String action, String resource) {
        String service = action.substring(0, action.indexOf(':'));
        if (resource.equals("*") || resource.startsWith("arn:")) {
            return resource;
        }
        return switch (service) {
            case "iam", "sts" -> "arn:aws:iam::" + ACCOUNT + ":" + resource;
            case "s3" -> "arn:aws:s3:::" + resource;
            default -> "arn:aws:" + service + ":us-east-1:" + ACCOUNT + ":" + resource;
        };
    }

    private static Call call(String line) {
        String[] cells = line.split("\\|", -1);
        String action = cells[1].strip();
        String decision = DECISIONS.get(cells[0].strip());
        if (decision == null) {
            throw new IllegalArgumentException("no decision: " + line);
        }
        return new Call(
                decision, action, arn(action, cells[2].strip()), cells.length > 3 ? context(cells[3]) : Map.of());
    }

    static Map<String, Object> context(String cell) {
        Map<String, Object> context = new HashMap<>();
        for (String pair : cell.split(";")) {
            if (!pair.isBlank()) {
                String key = pair.substring(0, pair.indexOf('=')).strip();
                String value = pair.substring(pair.indexOf('=') + 1).strip();
                context.put(key, LISTS.contains(key) ? List.of(value.split(",")) : value);
            }
        }
        return context;
    }

    record Call(String decision, String action, String resource, Map<String, Object> context) {
        IamRequest by(Caller caller) {
            Map<String, Object> all = new HashMap<>(caller.context);
            all.putAll(context);
            return new IamRequest(
                    caller.arn, action, resource, all, caller.policies, caller.boundary, caller.resourcePolicy);
        }
    }

    /**
     * Who makes the calls.
     *
     * @param context condition keys of all its calls
     * @param resourcePolicy of whatever is called
     */
    record Caller(
            String arn,
            List<JsonNode> policies,
            @Nullable JsonNode boundary,
            @Nullable JsonNode resourcePolicy,
            Map<String, Object> context) {

        Caller(String role, List<JsonNode> policies, @Nullable JsonNode boundary) {
            this(
                    "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/sess_a8f3b21c",
                    policies.stream().map(Calls::whole).toList(),
                    boundary,
                    null,
                    Map.of());
        }

        Caller in(String region) {
            return new Caller(arn, policies, boundary, resourcePolicy, Map.of("aws:RequestedRegion", region));
        }

        Caller calling(JsonNode resourcePolicy) {
            return new Caller(arn, policies, boundary, resourcePolicy, context);
        }
    }

    /** A policy as the evaluator takes it: what the template refers to by logical id becomes some ARN. */
    private static JsonNode whole(JsonNode node) {
        JsonNode copy = node.deepCopy();
        for (JsonNode statement : copy.path("Statement")) {
            if (statement instanceof ObjectNode object && object.has("Resource")) {
                var arns = Json.MAPPER.createArrayNode();
                Json.values(object, "Resource")
                        .forEach(resource -> arns.add(
                                resource.equals("*") || resource.startsWith("arn:")
                                        ? TextNode.valueOf(resource)
                                        : TextNode.valueOf("arn:aws:sns:us-east-1:" + ACCOUNT + ":" + resource)));
                object.set("Resource", arns);
            }
        }
        return copy;
    }
}
