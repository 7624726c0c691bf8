package dev.backstop.functions.sdk;

import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.KillSwitch;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The revoke function, invoked and waited for.
 *
 * @param function its name with the alias: {@code backstop-revoke:live}
 */
public record LambdaKillSwitch(LambdaClient lambda, String function) implements KillSwitch {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("lambda:InvokeFunction");

    @Override
    public List<Outcome> revoke(Order order) {
        InvokeResponse response = lambda.invoke(
                request -> request.functionName(function).payload(SdkBytes.fromUtf8String(Json.write(order.toJson()))));
        String answer = response.payload().asUtf8String();
        if (response.functionError() != null) {
            throw new IllegalStateException(function + " failed, " + response.functionError() + ": "
                    + Json.read(answer).path("errorMessage").asText());
        }
        return Json.items(Json.read(answer)).stream().map(Outcome::of).toList();
    }
}
