package dev.backstop.functions.sdk;

import dev.backstop.core.Alert;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Message;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Alerts on an SNS topic: one message with a text for people and the document for queues, functions and others. */
public record SnsAlertChannel(SnsClient sns, String topicArn, Letterhead letterhead) implements AlertChannel {
    /** The IAM actions that the methods need; on a topic under a key of one's own its use comes on top. */
    public static final Set<String> ACTIONS = Set.of("sns:Publish");

    @Override
    public void send(Alert alert) {
        publish(Message.of(alert, letterhead));
    }

    /** Publishes, with what subscriptions can filter by, and answers with the id that SNS gave the message. */
    public String publish(Message told) {
        SnsMessage message = SnsMessage.of(told);
        return sns.publish(request -> request.topicArn(topicArn)
                        .subject(message.subject())
                        .messageStructure("json")
                        .message(message.body())
                        .messageAttributes(Map.of(
                                "urgency", word(told.urgency()),
                                "severity", word(told.at("/severity")),
                                "rule", word(told.at("/rule")))))
                .messageId();
    }

    private static MessageAttributeValue word(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
