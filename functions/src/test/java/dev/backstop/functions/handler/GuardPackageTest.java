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
import org.junit.jupiter.params.provider.CsvSource;

/** The functions start from their zip files, without what src/assembly leaves out of each. */
class GuardPackageTest {
    private static final Pattern EXCLUDED =
            Pattern.compile("<exclude>software\\.amazon\\.awssdk:([a-z0-9]+)</exclude>");

    @ParameterizedTest
    @CsvSource({
        "guard, RevokeHandler",
        "guard, RestoreHandler",
        "guard, SessionsHandler",
        "guard, EvaluateHandler",
        "respond, RespondHandler",
        "slack, SlackHandler",
        "security-hub, SecurityHubHandler"
    })
    void startsWithoutTheClientsLeftOut(String assembly, String handler) throws IOException, InterruptedException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> leftOut = EXCLUDED.matcher(Files.readString(Path.of("src/assembly/" + assembly + ".xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertFalse(leftOut.isEmpty(), assembly + " leaves nothing out");
        String packed = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> leftOut.stream()
                        .noneMatch(client ->
                                Path.of(entry).getFileName().toString().matches(client + "-[0-9.]+\\.jar")))
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                packed,
                Started.class.getName(),
                "dev.backstop.functions.handler." + handler);
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("AWS_REGION", "eu-west-1"),
                        Map.entry("BACKSTOP_ACCOUNT", "123456789012"),
                        Map.entry("BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}"),
                        Map.entry("BACKSTOP_TABLE", "backstop"),
                        Map.entry("BACKSTOP_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:backstop-alerts"),
                        Map.entry("BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live"),
                        Map.entry("BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live"),
                        Map.entry("BACKSTOP_RESPOND_FUNCTION", "backstop-respond:live"),
                        Map.entry("BACKSTOP_CANARY_ROLE", "arn:aws:iam::123456789012:role/agents/backstop-canary"),
                        Map.entry("BACKSTOP_AGENTS", "{\"agentRoles\":[\"agent-\"]}"),
                        Map.entry("BACKSTOP_SLACK_SECRET", "backstop-slack"),
                        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")));
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
