package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.message.AlertText;
import dev.backstop.functions.message.ChatNotification;
import dev.backstop.functions.message.Message;

/**
 * An alert as SNS takes it: text for people, JSON for machines, all cut where SNS would refuse the whole; see <a
 * href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>.
 *
 * @param subject fewer than 100 ASCII characters without line breaks
 * @param body a JSON object with a text for each protocol
 */
record SnsMessage(String subject, String body) {
    /** SNS takes 262,144 bytes, and counts more than the message alone. */
    static final int MOST = 250_000;

    /** Of this the text is made, and what is in it once is in that once. */
    private static final int MOST_FOR_A_MACHINE = 50_000;

    static SnsMessage of(Message whole) {
        Message message = new Message(Fitting.into(whole.json(), MOST_FOR_A_MACHINE, true));
        ObjectNode body = Json.object();
        // Machines by default: each copy is encoded by the SDK several times over.
        body.put("default", Json.write(message.json()));
        body.put("email", AlertText.body(message));
        body.put("sms", message.subject());
        // Amazon Q Developer in chat applications subscribes by this protocol, and drops what is not of its own form.
        body.put("https", Json.write(ChatNotification.of(message)));
        return new SnsMessage(message.subject(), Json.write(body));
    }
}
