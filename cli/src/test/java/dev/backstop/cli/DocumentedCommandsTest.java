package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents tell people to paste is what the command line takes. */
final class DocumentedCommandsTest {
    private static final Pattern WORDS = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** In a line of its own, or between backticks. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\./backstop ([^\\n]*)$|`(?:[^`\\n]*\\| )?\\./backstop ([^`]*)`");

    @ParameterizedTest
    @ValueSource(strings = {"runbook.md", "operations.md", "agent-roles.md", "alerts.md"})
    void everyCommandIsOne(String document) throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(Path.of("..", "docs", document)))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        assertTrue(!commands.isEmpty(), document);
        for (String command : commands) {
            assertDoesNotThrow(() -> commandLine().parseArgs(words(command)), document + ": ./backstop " + command);
        }
    }

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Backstop.commandLine(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    }

    /** As a shell would split them, up to a comment, a pipe or the next command. */
    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        var matcher =
                WORDS.matcher(command.replaceFirst("\\s(#|\\||;|&&).*", "").replace('\n', ' '));
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }
}
