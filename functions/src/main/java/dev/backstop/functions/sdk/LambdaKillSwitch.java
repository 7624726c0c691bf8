package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.Release;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The revoke and restore functions, invoked and waited for.
 *
 * @param revoke its name with the alias: {@code backstop-revoke:live}
 * @param restore its name with the alias: {@code backstop-restore:live}
 */
public record LambdaKillSwitch(LambdaClient lambda, String revoke, String restore)
        implements KillSwitch, Release, IamReverts {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("lambda:InvokeFunction");

    @Override
    public List<Outcome> revoke(Order order) {
        return invoke(revoke, order.toJson());
    }

    @Override
    public List<Outcome> release(String sessionId, String reference) {
        return invoke(restore, Json.object().put("release", sessionId).put("reference", reference));
    }

    @Override
    public List<Outcome> revert(Request request) {
        return invoke(revoke, request.toJson());
    }

    private List<Outcome> invoke(String function, ObjectNode payload) {
        return invoke(lambda, function, payload);
    }

    /** @throws IllegalStateException when the function failed, with what it said */
    static List<Outcome> invoke(LambdaClient lambda, String function, ObjectNode payload) {
        InvokeResponse response = lambda.invoke(
                request -> request.functionName(function).payload(SdkBytes.fromUtf8String(Json.write(payload))));
        String answer = response.payload().asUtf8String();
        if (response.functionError() != null) {
            throw new IllegalStateException(function + " failed, " + response.functionError() + ": "
                    + Json.read(answer).path("errorMessage").asText());
        }
        return Json.items(Json.read(answer)).stream().map(Outcome::of).toList();
    }
}
