package dev.backstop.functions;

import dev.backstop.functions.sdk.SdkClients;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * A local AWS of its own for the tests of one JVM: moto_server on a free port of 127.0.0.1, from the first use until
 * the JVM ends.
 */
public final class MotoServer {
    private static final String PROGRAM = "moto_server";
    private static final Pattern ADDRESS = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");
    private static final String MISSING = "skipped: " + PROGRAM
            + " is not on the PATH (pip install 'moto[server]'), so the AWS SDK has no local AWS to be tested on";
    private static final Region REGION = Region.EU_WEST_1;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI endpoint;

    private MotoServer(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The server without anything in it. Where moto_server is not found the test is skipped, and says so. */
    public static MotoServer fresh() {
        Assumptions.assumeTrue(Started.SERVER.isPresent(), MISSING);
        MotoServer server = Started.SERVER.orElseThrow();
        server.reset();
        return server;
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Clients that reach this server and nothing else. */
    public SdkClients clients() {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        return new SdkClients(REGION, endpoint, credentials);
    }

    private void reset() {
        try {
            HttpRequest reset = HttpRequest.newBuilder(endpoint.resolve("/moto-api/reset"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            int status = HTTP.send(reset, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("moto_server did not reset: status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Started when first asked for, once a JVM. */
    private static final class Started {
        static final Optional<MotoServer> SERVER = onPath().map(Started::start).map(MotoServer::new);

        static {
            if (SERVER.isEmpty()) {
                // Maven counts skipped tests, but does not show the reason.
                System.err.println(MISSING);
            }
        }

        private static Optional<Path> onPath() {
            return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(directory -> Path.of(directory, PROGRAM))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        /** Port 0 is any free one; the server says which. */
        private static URI start(Path program) {
            try {
                Process process = new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", "0")
                        .redirectErrorStream(true)
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process.toHandle())));
                return address(process.inputReader());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static URI address(BufferedReader output) throws IOException {
            StringBuilder said = new StringBuilder();
            String line;
            while ((line = output.readLine()) != null) {
                Matcher found = ADDRESS.matcher(line);
                if (found.find()) {
                    Thread.ofPlatform().daemon().start(() -> output.lines().forEach(_ -> {}));
                    return URI.create(found.group(1));
                }
                said.append(line).append('\n');
            }
            throw new IllegalStateException("moto_server did not start:\n" + said);
        }

        private static void stop(ProcessHandle server) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
        }
    }
}
