package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.functions.line.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** How long what is called may be silent. */
class SdkClientsTest {
    private final SdkClients clients = SdkClients.rehearsing("us-east-1");

    @Test
    void aPersonsFunctionIsWaitedForToTheEndAndAKillOrderThatIsNotAnsweredIsGivenUp() {
        assertTrue(longest(clients.waitingLambda()).compareTo(Limits.LONGEST_ANSWER) > 0);
        assertTrue(longest(clients.lambda()).compareTo(Duration.ofMinutes(2)) < 0);
    }

    private static Duration longest(LambdaClient client) {
        return client.serviceClientConfiguration()
                .overrideConfiguration()
                .apiCallTimeout()
                .orElseThrow();
    }
}
