package dev.backstop.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.backstop.bench.StubAnswers.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A process of its own that answers as a minimal AWS on 127.0.0.1, so that its CPU time is not the handler's. */
final class StubAws {
    /** Tells which calls came since it was last asked. */
    static final String COUNTS = "/stub/counts";

    private final StubAnswers answers = new StubAnswers();
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

    private StubAws() {}

    /** Prints its port, and stops when its standard input ends, with whoever started it. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", new StubAws()::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Nobody writes.
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            if (path.equals(COUNTS)) {
                send(exchange, 200, counted());
                return;
            }
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            try {
                Answer answer = answers.to(path, target == null ? "" : target, body);
                counts.merge(answer.call(), 1, Integer::sum);
                send(exchange, 200, answer.body());
            } catch (IllegalArgumentException e) {
                System.err.println("stub: " + e.getMessage());
                send(exchange, 400, "{}");
            }
        }
    }

    private String counted() {
        String lines = counts.entrySet().stream()
                .map(call -> call.getKey() + " " + call.getValue())
                .collect(Collectors.joining("\n"));
        counts.clear();
        return lines;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
