package dev.backstop.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.port.EventBus;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.message.Message;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.SnsAlertChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Sends one message through every channel that is deployed, and tells what can be known of each. */
public final class AlertTrial {
    private static final String SLACK = "backstop-slack";
    private static final String SECURITY_HUB = "backstop-security-hub";
    private static final List<String> DESTINATIONS = List.of("https", "pagerduty");

    private final Account account;
    private final Message message;

    public AlertTrial(Account account, Message message) {
        this.account = account;
        this.message = message;
    }

    /**
     * What a channel answered.
     *
     * @param channel e-mail's address with it, where there is one
     * @param fine whether nothing speaks against its having arrived
     */
    public record Answer(String channel, boolean fine, String said) {
        public ObjectNode toJson() {
            return Json.object().put("channel", channel).put("fine", fine).put("said", said);
        }
    }

    /** @throws BadInputException when there is no alert topic here, or it may not be used */
    public List<Answer> send() {
        List<Answer> answers = new ArrayList<>(topic());
        answers.addAll(bus());
        answers.addAll(slack());
        answers.addAll(securityHub());
        return answers;
    }

    private List<Answer> topic() {
        String arn = Stack.topicArn(account);
        List<Subscription> subscriptions;
        String id;
        try {
            subscriptions = account
                    .clients()
                    .sns()
                    .listSubscriptionsByTopicPaginator(request -> request.topicArn(arn))
                    .subscriptions()
                    .stream()
                    .toList();
            id = new SnsAlertChannel(account.clients().sns(), arn, Letterhead.PLAIN).publish(message);
        } catch (NotFoundException e) {
            throw new BadInputException(
                    "the topic " + arn,
                    "topic",
                    "is not there: deploy the stack, or set AWS_REGION to the Region it is in");
        } catch (SdkException e) {
            throw new BadInputException("the topic " + arn, "topic", "did not take the message: " + Refusal.of(e));
        }
        if (subscriptions.isEmpty()) {
            return List.of(new Answer("topic", false, "SNS took message " + id + ", and nobody is subscribed"));
        }
        return subscriptions.stream()
                .map(subscription -> subscriber(subscription, id))
                .toList();
    }

    private static Answer subscriber(Subscription subscription, String id) {
        String to = subscription.endpoint();
        String channel =
                switch (subscription.protocol()) {
                    case "https" -> to.contains("chatbot") ? "chat" : "https over SNS";
                    case "lambda" -> to.contains(SLACK) ? "slack over SNS" : to;
                    default -> subscription.protocol() + " " + to;
                };
        return "PendingConfirmation".equals(subscription.subscriptionArn())
                ? new Answer(channel, false, "nothing is delivered until the subscription is confirmed: see its e-mail")
                : new Answer(channel, true, "SNS took message " + id + " for it; look there");
    }

    private List<Answer> bus() {
        try {
            new EventBridgeBus(account.clients().eventBridge())
                    .put(List.of(new EventBus.Event(Message.DETAIL_TYPE, message.json())));
        } catch (SdkException e) {
            return List.of(new Answer("event bus", false, Refusal.of(e)));
        }
        List<Answer> answers = new ArrayList<>();
        answers.add(new Answer("event bus", true, "EventBridge took the event"));
        DESTINATIONS.forEach(channel -> destination(channel, "backstop-" + channel, answers));
        return answers;
    }

    /** What EventBridge could not deliver waits in a queue, minutes to hours later: nothing tells sooner. */
    private void destination(String channel, String rule, List<Answer> answers) {
        try {
            String pattern = account.clients()
                    .eventBridge()
                    .describeRule(request -> request.name(rule))
                    .eventPattern();
            boolean hears = Json.values(Json.read(pattern), "detail.urgency").contains(message.urgency());
            answers.add(
                    hears
                            ? new Answer(
                                    channel, true, "EventBridge posts it; what is refused ends in backstop-undelivered")
                            : new Answer(channel, true, "not sent: it does not hear of what is " + message.urgency()));
        } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException _) {
            // Not configured.
        } catch (SdkException e) {
            answers.add(new Answer(channel, false, "its rule " + rule + " cannot be looked at: " + Refusal.of(e)));
        }
    }

    private List<Answer> slack() {
        ObjectNode event = Json.object();
        event.putArray("Records")
                .addObject()
                .putObject("Sns")
                .put("MessageId", "test-alert")
                .put("Subject", message.subject())
                .put("Message", Json.write(message.json()));
        return asked(
                "slack",
                SLACK,
                event,
                answer -> "Slack answered " + answer.path("status").asInt() + " "
                        + answer.path("answer").asText());
    }

    /** It is one finding, though the bus hands it over as well. */
    private List<Answer> securityHub() {
        ObjectNode event = Json.object();
        event.set("detail", message.json());
        return asked(
                "security-hub",
                SECURITY_HUB,
                event,
                answer -> "Security Hub took the finding "
                        + answer.path("finding").asText());
    }

    /** The function is asked itself, and waited for: else nobody would learn what it was answered. Nothing where there is none. */
    private List<Answer> asked(String channel, String function, ObjectNode event, Function<JsonNode, String> said) {
        try {
            InvokeResponse response = invoke(function, Json.write(event));
            JsonNode answer = Json.read(response.payload().asUtf8String());
            boolean fine = response.functionError() == null;
            return List.of(new Answer(
                    channel,
                    fine,
                    fine ? said.apply(answer) : answer.path("errorMessage").asText()));
        } catch (ResourceNotFoundException _) {
            return List.of();
        } catch (SdkException e) {
            return List.of(new Answer(channel, false, "its function cannot be asked: " + Refusal.of(e)));
        }
    }

    private InvokeResponse invoke(String function, String payload) {
        try {
            return invokeExactly(function + ":live", payload);
        } catch (ResourceNotFoundException _) {
            return invokeExactly(function, payload);
        }
    }

    private InvokeResponse invokeExactly(String function, String payload) {
        return account.clients().lambda().invoke(request -> request.functionName(function)
                .payload(SdkBytes.fromUtf8String(payload)));
    }
}
