package dev.backstop.bench;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lambda's side of <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">the runtime API</a> for one
 * function and one event.
 */
final class RuntimeApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:backstop-respond:live";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final String event;
    private final AtomicBoolean given = new AtomicBoolean();
    private final CompletableFuture<Long> answered = new CompletableFuture<>();

    RuntimeApi(String event) throws IOException {
        this.event = event;
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::answer);
        server.start();
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} is to say. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** When the answer of the function that runs in a process came, by {@link System#nanoTime}. */
    long answered(Process function) {
        var _ = function.onExit()
                .thenRun(() -> answered.completeExceptionally(new IllegalStateException("the function's JVM ended")));
        return answered.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/next")) {
            if (given.getAndSet(true)) {
                return; // There is no other event: the function waits.
            }
            String deadline = Long.toString(System.currentTimeMillis() + PATIENCE.toMillis());
            Headers headers = exchange.getResponseHeaders();
            // The client's native part ends the process where there is no content type.
            headers.set("Content-Type", "application/json");
            headers.set("Lambda-Runtime-Aws-Request-Id", "request-1");
            headers.set("Lambda-Runtime-Deadline-Ms", deadline);
            headers.set("Lambda-Runtime-Invoked-Function-Arn", FUNCTION);
            send(exchange, 200, event);
        } else if (path.endsWith("/response")) {
            send(exchange, 202, "{}");
            answered.complete(now);
        } else {
            send(exchange, 202, "{}");
            answered.completeExceptionally(
                    new IllegalStateException("the function failed: " + new String(body, StandardCharsets.UTF_8)));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
