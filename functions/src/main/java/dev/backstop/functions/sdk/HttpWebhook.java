package dev.backstop.functions.sdk;

import dev.backstop.core.port.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A webhook over HTTP, with the JDK's own client: it never posts a second time by itself. */
public final class HttpWebhook implements Webhook {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MOST_OF_AN_ANSWER = 200;

    private final Supplier<URI> address;
    private final Duration patience;
    private final HttpClient client;

    /**
     * @param address looked up before each post, since a secret may be replaced
     * @param patience how long one answer may take
     */
    public HttpWebhook(Supplier<URI> address, Duration patience) {
        this.address = address;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public Answer post(String json) {
        HttpRequest request = HttpRequest.newBuilder(address.get())
                .timeout(patience)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(
                    response.statusCode(),
                    text.substring(0, Math.min(text.length(), MOST_OF_AN_ANSWER)),
                    seconds(response.headers().firstValue("Retry-After").orElse("")));
        } catch (IOException e) {
            // Its message may name the address, which is the secret.
            return new Answer(0, "no answer: " + e.getClass().getSimpleName(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted", null);
        }
    }

    private static @Nullable Duration seconds(String text) {
        return text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }
}
