package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.functions.message.Asff;
import dev.backstop.functions.message.Message;
import dev.backstop.functions.sdk.SecurityHubFindings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;

/** Makes findings of Security Hub of the alerts on the bus; fails where it does not take one, for Lambda to try again. */
public final class SecurityHubHandler implements RequestStreamHandler {
    private final SecurityHubFindings findings;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public SecurityHubHandler() {
        this(deployed(System.getenv()), LogLine::print);
    }

    SecurityHubHandler(SecurityHubFindings findings, Consumer<ObjectNode> log) {
        this.findings = findings;
        this.log = log;
    }

    /** Takes an event as EventBridge sends it, and answers with the finding's id, for whoever asks by hand. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode detail = Json.MAPPER.readTree(input).path("detail");
        if (!Message.isOne(detail)) {
            throw new BadInputException(
                    "input", "detail", "is no alert, which says so by its schema, backstop.alert/2");
        }
        String id = findings.put(new Message((ObjectNode) detail));
        log.accept(Json.object().put("channel", "security-hub").put("finding", id));
        Json.MAPPER.writeValue(output, Json.object().put("finding", id));
    }

    private static SecurityHubFindings deployed(Map<String, String> environment) {
        String account = environment.get("BACKSTOP_ACCOUNT");
        String region = environment.get("AWS_REGION");
        if (account == null || region == null) {
            throw new IllegalStateException(
                    "the environment variables BACKSTOP_ACCOUNT and AWS_REGION are not set: deploy again");
        }
        Region here = Region.of(region);
        SecurityHubClient client = SecurityHubClient.builder()
                .region(here)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        return new SecurityHubFindings(
                client, new Asff.Hub(here.metadata().partition().id(), region, account));
    }
}
