package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.Functions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Functions in Lambda. */
public record SdkFunctions(LambdaClient lambda) implements Functions {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "lambda:GetPolicy",
            "lambda:RemovePermission",
            "lambda:GetFunctionUrlConfig",
            "lambda:UpdateFunctionUrlConfig",
            "lambda:DeleteFunctionUrlConfig",
            "lambda:ListVersionsByFunction");

    @Override
    public Optional<String> statement(Place place, String statementId) {
        try {
            String policy = lambda.getPolicy(
                            request -> request.functionName(place.function()).qualifier(place.qualifier()))
                    .policy();
            return Json.items(Json.read(policy).path("Statement")).stream()
                    .filter(statement -> statementId.equals(Json.text(statement, "Sid")))
                    .map(JsonNode::toString)
                    .findFirst();
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    @Override
    public void removePermission(Place place, String statementId) {
        lambda.removePermission(request -> request.functionName(place.function())
                .qualifier(place.qualifier())
                .statementId(statementId));
    }

    @Override
    public Optional<String> urlAuth(Place place) {
        try {
            return Optional.of(lambda.getFunctionUrlConfig(
                            request -> request.functionName(place.function()).qualifier(place.qualifier()))
                    .authTypeAsString());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    @Override
    public void setUrlAuth(Place place, String authType) {
        lambda.updateFunctionUrlConfig(request -> request.functionName(place.function())
                .qualifier(place.qualifier())
                .authType(FunctionUrlAuthType.fromValue(authType)));
    }

    @Override
    public void deleteUrl(Place place) {
        try {
            lambda.deleteFunctionUrlConfig(
                    request -> request.functionName(place.function()).qualifier(place.qualifier()));
        } catch (ResourceNotFoundException _) {
            // Nothing left to do is success.
        }
    }

    @Override
    public List<String> versions(String function) {
        try {
            return lambda.listVersionsByFunctionPaginator(request -> request.functionName(function)).versions().stream()
                    .map(FunctionConfiguration::version)
                    .toList();
        } catch (ResourceNotFoundException _) {
            return List.of();
        }
    }
}
