package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.contract.AlertChannelContract;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.message.Letterhead;
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
        return new SnsAlertChannel(sns, topic, Letterhead.PLAIN);
    }

    @Override
    protected Set<JsonNode> received(int expected) {
        return queue.messages().stream()
                .map(message -> Json.read(message.path("Message").asText()))
                .collect(Collectors.toSet());
    }

    @Test
    void sendsASubjectAndWhatSubscriptionsFilterBy() {
        channel().send(Samples.alert());

        JsonNode message = queue.messages().getFirst();
        assertEquals(
                "[CRITICAL] Security group opened to the world, sg-1 (sess_a): look at it",
                message.path("Subject").asText());
        assertEquals("notify", message.at("/MessageAttributes/urgency/Value").asText());
        assertEquals("critical", message.at("/MessageAttributes/severity/Value").asText());
        assertEquals(
                "sg-open-to-world", message.at("/MessageAttributes/rule/Value").asText());
    }
}
