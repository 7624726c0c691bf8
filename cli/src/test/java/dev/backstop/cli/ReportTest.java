package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Exemption;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a replay leaves behind. */
final class ReportTest {
    private static final String HOSTILE =
            "\"><script>document.title='owned'</script><img src=x onerror=alert(1)>'&\u202e";

    @TempDir
    Path folder;

    @Test
    void itCountsByRuleSessionDeveloperAndDay() throws IOException {
        String page = report(List.of(
                Records.assumed(),
                Records.opened("e-1"),
                at(Records.opened("e-2"), "2026-11-21T10:00:00Z"),
                Records.byHuman(Records.opened("e-3"))));
        for (String shown : List.of(
                "<strong>2</strong><span>findings</span>",
                "<strong>2</strong><span>changes would have been reverted</span>",
                "<strong>1</strong><span>session would have been stopped</span>",
                "4 records of 1 file",
                "jordan",
                "<title>2026-11-20: 1, 1 critical</title>",
                "<title>2026-11-21: 1, 1 critical</title>",
                "security-group-opened-to-world",
                "revert: revoke sgr-0a1 (tcp 443 from 0.0.0.0/0) from sg-0a1",
                "ec2:RevokeSecurityGroupIngress")) {
            assertTrue(page.contains(shown), shown + " is not in\n" + page);
        }
    }

    @Test
    void itMarksWhatComesAfterTheStopAndSaysWhatPeopleWouldHaveHeard() throws IOException {
        String page = report(List.of(Records.opened("e-1"), at(Records.opened("e-2"), "2026-11-20T11:00:00Z")));
        assertEquals(
                1, page.split("after the session would have been stopped at 2026-11-20 10:54:06", -1).length - 1, page);
        assertTrue(page.contains("1 finding came after the session would have been stopped"), page);
        assertTrue(page.contains("0 pages and 1 notification, in 1 incident"), page);
        assertTrue(page.contains("<strong>1</strong><span>change would have been reverted</span>"), page);
    }

    @Test
    void nothingOnItComesFromElsewhereOrRuns() throws IOException {
        String page = report(List.of(Records.assumed(), Records.opened("e-1")));
        assertTrue(page.contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"), page);
        for (String element : List.of("<script", "<link", "<img", "<iframe", "@import", "url(", " src=")) {
            assertFalse(page.contains(element), element);
        }
    }

    @Test
    void whatAnAgentNamesCannotBecomePartOfThePage() throws IOException {
        ObjectNode sts = Records.assumed();
        String text = Json.write(sts).replace("\"jordan\"", Json.write(Json.MAPPER.valueToTree(HOSTILE)));
        ObjectNode opened = Records.opened("e-1");
        ((ObjectNode) opened.path("requestParameters")).put("groupId", HOSTILE);
        opened.put("awsRegion", HOSTILE);
        String page = report(List.of(Records.object(text), opened));
        assertTrue(page.contains("&lt;script&gt;"), page);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<img"), page);
        assertFalse(page.contains("\u202e"), page);
    }

    @Test
    void aSuggestedExemptionIsOneArgumentWhateverTheNameIs() throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String group = i == 0 ? "sg-1" : "sg'; rm -rf /; '";
            records.add(Records.object(Json.write(Records.opened("e-" + i)).replace("sg-0a1", group)));
        }
        String page = report(records);
        assertTrue(
                page.contains(
                        "./backstop exempt &#39;sg&#39;\\&#39;&#39;; rm -rf /; &#39;\\&#39;&#39;&#39; --as resource"),
                page);
    }

    @Test
    void aSuggestedExemptionIsACommandThatIsTaken() throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            records.add(Records.object(Json.write(Records.opened("e-" + i))
                    .replace("sg-0a1", "sg-0a1" + i)
                    .replace("sess_a8f3b21c", "sess_" + i)));
        }
        Matcher command = Pattern.compile("<pre[^>]*>\\./backstop (exempt .*) --reason &#39;")
                .matcher(report(records));
        assertTrue(command.find());
        String[] words = (command.group(1) + " --reason why").split(" ");
        assertEquals("security-group-opened-to-world", words[1]);
        PrintWriter said = new PrintWriter(new StringWriter());
        var parsed = Backstop.commandLine(InputStream.nullInputStream(), said, said)
                .parseArgs(words)
                .subcommand();
        assertEquals("exempt", parsed.commandSpec().name());
        Duration life = parsed.matchedOptionValue("--for", Duration.ZERO);
        assertTrue(life.compareTo(Exemption.LONGEST) <= 0, life + " is as long as one may last");
    }

    @Test
    void howeverMuchIsFoundItStaysAPage() throws IOException {
        Path file = folder.resolve("many.jsonl");
        String model = Json.write(Records.opened("e-ID"));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            String session = "sess_" + (i < 9_000 ? i : i % 7);
            lines.add(model.replace("e-ID", "e-" + i)
                    .replace("sess_a8f3b21c", session)
                    .replace("sg-0a1", "sg-" + i + "x".repeat(300))
                    .replace("2026-11-20", String.format("20%02d-%02d-%02d", i % 60, i % 12 + 1, i % 28 + 1)));
        }
        Files.write(file, lines);
        Path html = folder.resolve("out.html");
        Run run = Run.of("replay", "--report", html.toString(), file.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(Files.size(html) < 1_500_000, Files.size(html) + " bytes");
        String page = Files.readString(html);
        assertTrue(page.contains("12,000"), "all are counted");
        assertTrue(page.contains("findings in sessions after the first 2000"), "what was cut is said");
        Matcher bars = Pattern.compile("<rect").matcher(page);
        assertTrue(bars.results().count() < 1_000);
    }

    @Test
    void nothingFoundIsAPageToo() throws IOException {
        String page = report(List.of(Records.byHuman(Records.opened("e-1"))));
        assertTrue(page.contains("No findings"), page);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsRead() {
        Run run = Run.with(
                "no JSON",
                "replay",
                "--report",
                folder.resolve("not/there.html").toString(),
                "-");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("--report: is in a folder that is not there: "), run.err());
        assertFalse(run.err().contains("record 1"), run.err());
        Run inFolder = Run.with("no JSON", "replay", "--report", folder.toString(), "-");
        assertEquals(2, inFolder.exit());
        assertTrue(
                inFolder.err().contains("--report: is a folder: name a file in it, such as " + folder), inFolder.err());
        Run nameless = Run.with("no JSON", "replay", "--report", "", "-");
        assertEquals(2, nameless.exit());
        assertTrue(nameless.err().contains("--report: FILE: is empty: name a file"), nameless.err());
    }

    private String report(List<ObjectNode> records) throws IOException {
        Path file = Files.write(
                folder.resolve("records.jsonl"),
                records.stream().map(Json::write).toList());
        Path html = folder.resolve("out.html");
        Run run = Run.of("replay", "--report", html.toString(), file.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.err().contains("the report is in " + html), run.err());
        return Files.readString(html);
    }

    private static ObjectNode at(ObjectNode record, String time) {
        return record.put("eventTime", time);
    }
}
