package dev.backstop.functions.handler;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.functions.sdk.SdkClients;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens before a snapshot is taken. */
class PrimingTest {
    @Test
    void primingRunsTheLineAndEveryAdapterAndSendsNothing() {
        Settings settings = Settings.of(Map.ofEntries(
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("BACKSTOP_ACCOUNT", Records.ACCOUNT),
                Map.entry("BACKSTOP_TABLE", "backstop"),
                Map.entry("BACKSTOP_TOPIC_ARN", "arn:aws:sns:us-east-1:111122223333:backstop-alerts"),
                Map.entry("BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live"),
                Map.entry("BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live"),
                Map.entry("BACKSTOP_RESPOND_FUNCTION", "backstop-respond:live"),
                Map.entry("BACKSTOP_CANARY_ROLE", "arn:aws:iam::111122223333:role/agents/backstop-canary"),
                Map.entry("BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}"),
                Map.entry("BACKSTOP_AGENTS", Json.write(AgentSelector.DEFAULT.toJson())),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")));
        // A transport that sends would fail here: the address is one that nobody has.
        Deployed deployed = new Deployed(settings, SdkClients.of("us-east-1", URI.create("http://192.0.2.1:1")));
        deployed.responder();
        deployed.primed();
    }
}
