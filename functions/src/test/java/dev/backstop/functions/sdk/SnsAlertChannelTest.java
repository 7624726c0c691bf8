package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.contract.AlertChannelContract;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.functions.MotoServer;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

/** Alerts over SNS, as a queue that subscribes gets them. */
class SnsAlertChannelTest extends AlertChannelContract {
    private final SdkClients clients = MotoServer.fresh().clients();
    private final SnsClient sns = clients.sns();
    private final TestQueue queue = TestQueue.create(clients);
    private final String topic =
            sns.createTopic(request -> request.name("backstop-alerts")).topicArn();

    SnsAlertChannelTest() {
        sns.subscribe(request -> request.topicArn(topic).protocol("sqs").endpoint(queue.arn()));
    }

    @Override
    protected AlertChannel channel() {
        return new SnsAlertChannel(sns, topic, _ -> "CRITICAL: group opened\nto the world – by ana", _ -> "text");
    }

    @Override
    protected Set<JsonNode> received(int expected) {
        return queue.messages().stream()
                .map(message -> Json.read(message.path("Message").asText()))
                .collect(Collectors.toSet());
    }

    @Test
    void sendsASubjectThatSnsTakes() {
        channel().send(Samples.alert());

        assertEquals(
                "CRITICAL: group opened to the world ? by ana",
                queue.messages().getFirst().path("Subject").asText());
    }
}
