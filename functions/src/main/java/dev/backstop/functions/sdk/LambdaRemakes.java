package dev.backstop.functions.sdk;

import dev.backstop.core.Outcome;
import dev.backstop.core.port.Remakes;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * A function that may make again what it may undo, invoked and waited for.
 *
 * @param function its name with the alias: {@code backstop-respond:live}
 */
public record LambdaRemakes(LambdaClient lambda, String function) implements Remakes {
    /** The IAM actions that the method needs. */
    public static final Set<String> ACTIONS = Set.of("lambda:InvokeFunction");

    @Override
    public List<Outcome> remake(Order order) {
        return LambdaKillSwitch.invoke(lambda, function, order.toJson());
    }
}
