package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input is exit 2 and says on standard error where, what and what would be right; never a stack trace. */
final class BadInputTest {
    @TempDir
    Path folder;

    @Test
    void anEventThatIsNotJson() {
        refused("this is no JSON\nat all", "standard input: record 1 (line 1)", "is not JSON");
    }

    @Test
    void anEventThatIsNotCloudTrails() {
        refused("{\"name\": \"package\", \"version\": \"1\"}", "userIdentity", "not a CloudTrail record");
        refused("""
                {"detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2", "detail": {}}""", "detail-type", "is not CloudTrail's");
        refused("[]", "records", "no CloudTrail record");
        refused("", "records", "no CloudTrail record");
        refused("{\"Records\": []}", "records", "no CloudTrail record");
        refused("[1, \"two\"]", "JSON", "is not a JSON object");
    }

    @Test
    void anEventThatIsCutOff() {
        String whole = Json.write(Records.opened("e-1"));
        refused(whole.substring(0, whole.length() / 2), "record 1 (line 1)", "is cut off");
        refused("[" + whole.substring(0, whole.length() - 5), "record 1 (line 1)", "is cut off");
    }

    @Test
    void anEventOfThreeHundredKilobytes() {
        ObjectNode record = Records.opened("e-1");
        record.put("additionalEventData", "x".repeat(300 << 10));
        refused(Json.write(record), "size", "EventBridge delivers no event over 256 KB");
    }

    @Test
    void aPrettyPrintedEventIsAsLargeAsItIsWithoutSpaces() {
        ObjectNode record = Records.opened("e-1");
        var items = record.putObject("additionalEventData").putArray("list");
        for (int i = 0; i < 40_000; i++) {
            items.add(1);
        }
        String pretty = record.toPrettyString().replace(", 1", ",\n            1");
        assertTrue(pretty.length() > 256 << 10);
        assertEquals(0, Run.with(pretty, "replay", "-").exit());
    }

    @Test
    void aRecordThatIsLargerThanMemoryShouldHold() {
        refused("[{\"eventID\": \"" + "x".repeat(9 << 20) + "\"}]", "record 1", "is larger than 8 MB");
    }

    @Test
    void aContextValueOfTheWrongType() throws IOException {
        configuration(
                "{\"context\": {\"allowedTcpPorts\": \"https\"}}", "context.allowedTcpPorts", "expected TCP ports");
        configuration("{\"allowedInstanceTypes\": 7}", "context.allowedInstanceTypes", "expected a list of strings");
        configuration("{\"allowedTcpPort\": [443]}", "context.allowedTcpPort", "is not a key of Backstop");
        configuration("{\"context\": [", "line 1", "is not JSON");
        configuration("[]", "top level", "expected a JSON object");
        complains(
                Run.of("rules", "--config", folder.resolve("none.json").toString()),
                "none.json: --config",
                "is not there");
    }

    @Test
    void aFileThatIsNotThere() {
        complains(Run.of("replay", "nowhere.json"), "nowhere.json: FILE", "is not there");
    }

    @Test
    void aFolderWithoutRecords() throws IOException {
        complains(Run.of("replay", folder.toString()), folder.toString(), "no file in it that ends in .json");
        Files.writeString(folder.resolve("some.json"), "{}");
        complains(Run.of("replay", folder.toString()), "some.json: records", "no CloudTrail record in it");
        Files.writeString(folder.resolve("more.json"), "{}");
        complains(Run.of("replay", folder.toString()), "2 files: records", "no CloudTrail record in them");
    }

    @Test
    void anEventThatIsNestedTooDeep() {
        refused(
                "[" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000) + "]",
                "JSON",
                "exceeds the maximum allowed (1000)");
    }

    @Test
    void outputThatCannotBeWrittenIsNoSuccess() {
        StringWriter err = new StringWriter();
        assertEquals(1, intoNothing("No space left on device", err));
        assertEquals(
                "backstop: standard output: not all of it could be written: No space left on device\n", err.toString());
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        StringWriter err = new StringWriter();
        assertEquals(0, intoNothing("Broken pipe", err));
        assertEquals("", err.toString());
    }

    /** A line breaks where the next word would not fit, or a sentence ends. */
    @Test
    void helpIsNotBrokenByHand() {
        for (String command : List.of("rules", "replay", "respond", "mode", "doctor", "demo", "rules payload")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--help");
            List<String> lines = Run.of(words.toArray(String[]::new)).lines();
            for (int i = 1; i < lines.size(); i++) {
                String line = lines.get(i - 1).stripTrailing();
                String next = lines.get(i).strip();
                boolean goesOn = !next.isEmpty()
                        && !line.isEmpty()
                        && Character.isLowerCase(next.charAt(0))
                        && !line.matches(".*[.:]")
                        && !line.startsWith("Usage");
                assertTrue(
                        !goesOn || line.length() + 1 + next.split(" ")[0].length() > 99,
                        () -> command + ": " + line + " / " + next);
            }
        }
    }

    @Test
    void theListOfCommandsSaysOfEachOneWholeSentence() {
        String help = Run.of("--help").out();
        String list = help.substring(help.indexOf("Commands:"), help.indexOf("Exit codes:"));
        for (String command : list.substring("Commands:".length()).strip().split("\\R  (?=\\w)")) {
            assertTrue(command.strip().endsWith("."), command);
        }
    }

    private static int intoNothing(String why, StringWriter err) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }
        };
        OutputStream errors = new OutputStream() {
            @Override
            public void write(int one) {
                err.write(one);
            }
        };
        return Main.run(full, errors, "rules");
    }

    private void configuration(String content, String where, String remedy) throws IOException {
        Path file = Files.writeString(folder.resolve("cdk.json"), content);
        Run run = Run.of("replay", "--config", file.toString(), "-");
        complains(run, where, remedy);
        assertTrue(run.err().contains(file.toString()), run.err());
    }

    private static void refused(String input, String where, String remedy) {
        Run replay = Run.with(input, "replay", "--json", "-");
        complains(replay, where, remedy);
        assertEquals("", replay.out());
        assertEquals(input.startsWith("[1, ") ? 3 : 1, replay.complaints().size(), replay.err());
    }

    private static void complains(Run run, String where, String remedy) {
        assertEquals(2, run.exit(), run.toString());
        assertTrue(run.err().contains(where) && run.err().contains(remedy), run.err());
        assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), run.err());
        assertTrue(run.complaints().size() <= 3, run.err());
    }
}
