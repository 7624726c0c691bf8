package dev.backstop.core.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that somebody makes of AWS.
 *
 * @param principal the caller's ARN
 * @param action such as {@code iam:PutRolePolicy}
 * @param resource the ARN of what is acted on; {@code *} where the action knows none
 * @param context condition keys; a value is a string or a list of strings
 * @param identityPolicies of the caller
 * @param boundary the caller's permissions boundary
 * @param resourcePolicy of what is acted on: a role's trust policy, say
 */
public record IamRequest(
        String principal,
        String action,
        String resource,
        Map<String, Object> context,
        List<JsonNode> identityPolicies,
        @Nullable JsonNode boundary,
        @Nullable JsonNode resourcePolicy) {
    /** May do everything, which is what a test gives a caller whom only denies and boundaries should stop. */
    public static final JsonNode EVERYTHING = Json.read("""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    public IamRequest {
        context = Map.copyOf(context);
        identityPolicies = List.copyOf(identityPolicies);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("principal", principal);
        json.put("action", action);
        json.put("resource", resource);
        json.set("context", Json.MAPPER.valueToTree(context));
        json.set("identityPolicies", Json.MAPPER.valueToTree(identityPolicies));
        if (boundary != null) {
            json.set("boundary", boundary);
        }
        if (resourcePolicy != null) {
            json.set("resourcePolicy", resourcePolicy);
        }
        return json;
    }

    @Override
    public String toString() {
        return principal.substring(principal.lastIndexOf(':') + 1) + " " + action + " " + resource
                + (context.isEmpty() ? "" : " " + context);
    }
}
