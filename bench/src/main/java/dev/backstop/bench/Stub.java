package dev.backstop.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running {@link StubAws}. */
final class Stub implements AutoCloseable {
    private final Process process;
    private final URI address;

    private Stub(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Stub start() throws IOException {
        // Without it the server holds every answer back for 40 ms and more.
        Jvm jvm = new Jvm(List.of("-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"), Jvm.own(), Map.of());
        Process process = jvm.running(StubAws.class.getName()).start();
        String port = process.inputReader().readLine();
        return new Stub(process, URI.create("http://127.0.0.1:" + port));
    }

    URI address() {
        return address;
    }

    /** How often which call came since this was last asked. */
    Map<String, Integer> counts() throws IOException {
        try (InputStream answer = address.resolve(StubAws.COUNTS).toURL().openStream()) {
            Map<String, Integer> counts = new TreeMap<>();
            new String(answer.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int space = line.indexOf(' ');
                counts.put(line.substring(0, space), Integer.valueOf(line.substring(space + 1)));
            });
            return counts;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
