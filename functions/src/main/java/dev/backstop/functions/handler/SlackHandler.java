package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.Webhook.Answer;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.WebhookSender;
import dev.backstop.functions.message.SlackMessage;
import dev.backstop.functions.message.TopicMessage;
import dev.backstop.functions.message.TopicMessage.Told;
import dev.backstop.functions.sdk.HttpWebhook;
import dev.backstop.functions.sdk.SecretAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Posts what comes over the alert topic to Slack; fails where Slack does not take it, for Lambda to try again. */
public final class SlackHandler implements RequestStreamHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebhookSender sender;
    private final Set<String> urgencies;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public SlackHandler() {
        this(deployed(System.getenv()), urgencies(System.getenv()), LogLine::print);
    }

    /** @param urgencies which alerts are posted; what AWS itself sends always is */
    SlackHandler(WebhookSender sender, Set<String> urgencies, Consumer<ObjectNode> log) {
        this.sender = sender;
        this.urgencies = Set.copyOf(urgencies);
        this.log = log;
    }

    /** Takes what SNS sends, and answers with what Slack said, for whoever asks by hand. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ObjectNode answer = Json.object();
        int posted = 0;
        for (JsonNode record : Json.MAPPER.readTree(input).path("Records")) {
            JsonNode sns = record.path("Sns");
            TopicMessage message = TopicMessage.of(
                    sns.path("Subject").asText(""), sns.path("Message").asText(""));
            if (isHeard(message)) {
                Answer said = post(message);
                answer.put("status", said.status()).put("answer", said.text());
                log.accept(Json.object()
                        .put("channel", "slack")
                        .put("message", sns.path("MessageId").asText())
                        .put("status", said.status()));
                if (!said.taken()) {
                    throw new IOException("Slack did not take the message: " + said.status() + " " + said.text());
                }
                posted++;
            }
        }
        Json.MAPPER.writeValue(output, answer.put("posted", posted));
    }

    /** A message that Slack finds wrong is better told in plain words than not at all. */
    private Answer post(TopicMessage message) {
        Answer answer = sender.send(Json.write(SlackMessage.of(message)));
        return answer.status() == 400 ? sender.send(Json.write(SlackMessage.plain(message))) : answer;
    }

    private boolean isHeard(TopicMessage message) {
        return !(message instanceof Told(var told)) || told.isTest() || urgencies.contains(told.urgency());
    }

    private static WebhookSender deployed(Map<String, String> environment) {
        String secret = environment.get("BACKSTOP_SLACK_SECRET");
        if (secret == null || secret.isBlank()) {
            throw new IllegalStateException("the environment variable BACKSTOP_SLACK_SECRET is not set: deploy again");
        }
        InstantSource clock = InstantSource.system();
        SecretsManagerClient secrets = SecretsManagerClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        return new WebhookSender(
                new HttpWebhook(new SecretAddress(secrets, secret, clock), PATIENCE), clock, Pause.REAL);
    }

    private static Set<String> urgencies(Map<String, String> environment) {
        return Set.of(environment
                .getOrDefault("BACKSTOP_SLACK_URGENCIES", "notify,page")
                .split(","));
    }
}
