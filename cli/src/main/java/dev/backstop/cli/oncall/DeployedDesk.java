package dev.backstop.cli.oncall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.NotDoneException;
import dev.backstop.cli.account.Refusal;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * The deployed functions, invoked and waited for.
 *
 * @param hasDirect whether who asks can do the same without them, which errors then say
 */
public record DeployedDesk(Account account, boolean hasDirect) implements OnCallDesk {

    @Override
    public List<Outcome> revoke(ObjectNode request) {
        return outcomes(answer("backstop-revoke", request));
    }

    @Override
    public List<Outcome> restore(ObjectNode request) {
        return outcomes(answer("backstop-restore", request));
    }

    @Override
    public ObjectNode sessions(ObjectNode request) {
        return (ObjectNode) answer("backstop-sessions", request);
    }

    /** What {@code backstop-restore} answers to whoever exempts or resolves. */
    public JsonNode soften(ObjectNode request) {
        return answer("backstop-restore", request);
    }

    /** As {@code backstop-drill} answers. */
    public JsonNode drill() {
        return answer("backstop-drill", Json.object());
    }

    private static List<Outcome> outcomes(JsonNode answer) {
        return Json.items(answer).stream().map(Outcome::of).toList();
    }

    private JsonNode answer(String function, ObjectNode request) {
        InvokeResponse response;
        try {
            response = invoke(function, Json.write(request));
        } catch (SdkException e) {
            String where = function + " in " + account.words();
            if (Refusal.isMissing(e)) {
                throw new BadInputException(
                        where,
                        "function",
                        "is not there: deploy the stack, or set AWS_REGION to the Region it is in" + direct("; "));
            }
            if (Refusal.isDenied(e)) {
                throw new BadInputException(
                        where,
                        "permission",
                        "may not be invoked with these credentials, to which the policy BackstopOnCall is to be attached"
                                + direct("; ") + " (" + Refusal.of(e) + ")");
            }
            throw new NotDoneException(where + " could not be asked: " + Refusal.of(e) + direct("; "), e);
        }
        String answer = response.payload().asUtf8String();
        if (response.functionError() != null) {
            throw failure(function, answer);
        }
        return Json.read(answer);
    }

    private String direct(String before) {
        return hasDirect ? before + "--direct does it with your own credentials" : "";
    }

    /** Through the alias that is primed and ready; where there is none, the function as it is. */
    private InvokeResponse invoke(String function, String payload) {
        try {
            return invokeExactly(function + ":live", payload);
        } catch (ResourceNotFoundException _) {
            return invokeExactly(function, payload);
        }
    }

    private InvokeResponse invokeExactly(String name, String payload) {
        return account.clients().waitingLambda().invoke(request -> request.functionName(name)
                .payload(SdkBytes.fromUtf8String(payload)));
    }

    /** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">what a failed function answers</a>. */
    private RuntimeException failure(String function, String answer) {
        String type;
        String message;
        try {
            JsonNode error = Json.read(answer);
            type = error.path("errorType").asText();
            message = error.path("errorMessage").asText(answer);
        } catch (IllegalArgumentException _) {
            type = "";
            message = answer;
        }
        String[] parts = message.split(": ", 3);
        return type.equals(BadInputException.class.getName()) && parts.length == 3
                ? new BadInputException(parts[0], parts[1], parts[2])
                : new NotDoneException(function + " failed, perhaps half-way: " + message + "; it may be asked again"
                        + direct(", and "));
    }
}
