package dev.backstop.functions.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.backstop.core.Json;
import dev.backstop.functions.message.SlackRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A server on loopback that takes messages as Slack's incoming webhooks do, and fails as they do when it is told to. */
final class SlackPeer implements AutoCloseable {
    /** How one request is answered. */
    sealed interface Mood {
        /** With a status of its own, and a Retry-After where not empty. */
        record Says(int status, String text, String retryAfter) implements Mood {}

        /** Takes the message, and never says so. */
        record Silent() implements Mood {}

        /** Closes the line half way through. */
        record HangsUp() implements Mood {}
    }

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> taken = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private int requests;

    SlackPeer() throws IOException {
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/services/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/secret");
    }

    /** What the next requests meet; then it is well again. */
    SlackPeer moods(Mood... next) {
        moods.addAll(List.of(next));
        return this;
    }

    synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    synchronized int requests() {
        return requests;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode message = Json.MAPPER.readTree(exchange.getRequestBody());
        Mood mood;
        synchronized (this) {
            requests++;
            mood = moods.poll();
        }
        switch (mood) {
            case null -> take(exchange, message);
            case Mood.Says(int status, String text, String retryAfter) -> {
                if (!retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().set("Retry-After", retryAfter);
                }
                say(exchange, status, text);
            }
            case Mood.Silent() -> {
                keep(message);
                await();
                exchange.close();
            }
            case Mood.HangsUp() -> exchange.close();
        }
    }

    /** Slack's own words for what it does not take. */
    private void take(HttpExchange exchange, JsonNode message) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!exchange.getRequestMethod().equals("POST") || !type.startsWith("application/json")) {
            say(exchange, 400, "invalid_payload");
        } else if (!SlackRules.broken(message).isEmpty()) {
            say(exchange, 400, "invalid_blocks");
        } else {
            keep(message);
            say(exchange, 200, "ok");
        }
    }

    private synchronized void keep(JsonNode message) {
        taken.add(message);
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
