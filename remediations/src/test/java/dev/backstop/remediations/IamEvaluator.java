package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.iam.IamRequest;
import dev.backstop.core.iam.IamSimulator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What inline policies leave a role that may otherwise do everything, by the independent evaluator. */
final class IamEvaluator {
    private IamEvaluator() {}

    /** {@code Allowed} or {@code ExplicitlyDenied} for each caller, given by its condition keys. */
    static List<String> evaluate(List<String> policies, List<JsonNode> callers) {
        List<JsonNode> documents = Stream.concat(
                        Stream.of(IamRequest.EVERYTHING), policies.stream().map(Json::read))
                .toList();
        return IamSimulator.decide(
                callers.stream().map(caller -> read(documents, caller)).toList());
    }

    @SuppressWarnings("unchecked")
    private static IamRequest read(List<JsonNode> documents, JsonNode caller) {
        String name = caller.path("aws:userid").asText().split(":")[1];
        return new IamRequest(
                "arn:aws:sts::111122223333:assumed-role/agent-deploy-role/" + name,
                "s3:GetObject",
                "arn:aws:s3:::builds/app.zip",
                Json.MAPPER.convertValue(caller, Map.class),
                documents,
                null,
                null);
    }
}
