package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions in {@code backstop-guard.zip} start without what src/assembly/guard.xml leaves out. */
class GuardPackageTest {
    private static final Pattern EXCLUDED =
            Pattern.compile("<exclude>software\\.amazon\\.awssdk:([a-z0-9]+)</exclude>");

    @ParameterizedTest
    @ValueSource(classes = {RevokeHandler.class, RestoreHandler.class, SessionsHandler.class})
    void startsWithoutTheClientsLeftOut(Class<?> handler) throws IOException, InterruptedException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> leftOut = EXCLUDED.matcher(Files.readString(Path.of("src/assembly/guard.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertFalse(leftOut.isEmpty(), "guard.xml leaves nothing out");
        String packed = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> leftOut.stream()
                        .noneMatch(client ->
                                Path.of(entry).getFileName().toString().matches(client + "-[0-9.]+\\.jar")))
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(), "-XX:TieredStopAtLevel=1", "-cp", packed, Started.class.getName(), handler.getName());
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "eu-west-1",
                        "BACKSTOP_ACCOUNT", "123456789012",
                        "BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}",
                        "BACKSTOP_TABLE", "backstop",
                        "BACKSTOP_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:backstop-alerts",
                        "BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live",
                        "BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live",
                        "BACKSTOP_CANARY_ROLE", "arn:aws:iam::123456789012:role/agents/backstop-canary",
                        "BACKSTOP_AGENTS", "{\"agentRoles\":[\"agent-\"]}",
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** Does what Lambda does first. */
    static final class Started {
        public static void main(String[] arguments) throws ReflectiveOperationException {
            Class.forName(arguments[0]).getConstructor().newInstance();
        }
    }
}
