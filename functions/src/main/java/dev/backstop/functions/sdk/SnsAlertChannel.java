package dev.backstop.functions.sdk;

import dev.backstop.core.Alert;
import dev.backstop.core.port.AlertChannel;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Alerts on an SNS topic: one message with a text for people and {@link Alert#toJson} for queues, functions and HTTPS.
 *
 * @param subject what an e-mail is headed
 * @param text what people read
 */
public record SnsAlertChannel(
        SnsClient sns, String topicArn, Function<Alert, String> subject, Function<Alert, String> text)
        implements AlertChannel {
    /** The IAM actions that the methods need; on a topic under a key of one's own its use comes on top. */
    public static final Set<String> ACTIONS = Set.of("sns:Publish");

    @Override
    public void send(Alert alert) {
        SnsMessage message = SnsMessage.of(alert, subject.apply(alert), text.apply(alert));
        sns.publish(request -> request.topicArn(topicArn)
                .subject(message.subject())
                .messageStructure("json")
                .message(message.body()));
    }
}
