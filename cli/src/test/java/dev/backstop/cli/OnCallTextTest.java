package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.TimelineEntry.Kind;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** How on-call reads it: at most 100 columns, no id cut, errors marked, colours on a terminal only. */
final class OnCallTextTest {
    private static final Instant BEGAN = Instant.parse("2026-11-25T23:59:30Z");

    private final StringWriter out = new StringWriter();

    @Test
    void aTableKeepsItsWidthAndCutsNoId() {
        String id = "sess_" + "x".repeat(59);
        ObjectNode session = session(id, "agents/a-role-with-a-name-that-is-longer-than-any-column");
        session.put("developer", "somebody.with.a.long.name@example.com");
        new SessionTable(page(Help.Ansi.OFF)).show(List.of(session, session("sess_1", "agent-x")), 24);

        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), out::toString);
        assertEquals(id, lines.get(1));
        assertTrue(lines.get(2).contains(" a-role-with-a-name-th… somebody.with… - "), lines.get(2));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 100), out::toString);
        assertTrue(lines.get(3).startsWith("sess_1                     agent-x "), lines.get(3));
    }

    @Test
    void aTableWithoutSessionsSaysSo() {
        new SessionTable(page(Help.Ansi.OFF)).show(List.of(), 1);
        assertTrue(
                out.toString().startsWith("No session began in the last 1 hour, and none is revoked."), out::toString);
    }

    @Test
    void aSessionThatWasSeenRefusedIsConfirmed() {
        ObjectNode session = session("sess_1", "agent-x");
        session.putObject("revoked").put("at", BEGAN.toString()).put("confirmedAt", BEGAN.toString());
        new SessionTable(page(Help.Ansi.OFF)).show(List.of(session), 24);
        assertTrue(out.toString().stripTrailing().endsWith(" confirmed"), out::toString);
    }

    @Test
    void aTimelineCountsFromTheBeginningAndHeadsEachDay() {
        new TimelineText(page(Help.Ansi.OFF))
                .show(timeline(
                        entry(0, Kind.ISSUED, "sts:AssumeRole", null),
                        entry(29, Kind.CALL, "ec2:DescribeInstances", null),
                        entry(31, Kind.CALL, "ec2:RunInstances", "UnauthorizedOperation"),
                        entry(32, Kind.FINDING, "bucket-deleted: " + "words ".repeat(30), null),
                        entry(33, Kind.ACTION, "deny session sess_1", "applied"),
                        entry(34, Kind.ACTION, "stop i-1", "failed"),
                        entry(3725, Kind.OPERATOR, "maria asked", null)));
        String text = out.toString();
        assertTrue(text.contains("\n       +0:29  23:59:59  call      ec2:DescribeInstances\n"), text);
        assertTrue(
                text.contains(
                        "\n\n2026-11-26\n!      +0:31  00:00:01  call      ec2:RunInstances: UnauthorizedOperation\n"),
                text);
        assertTrue(text.contains("\n       +0:33  00:00:03  action    deny session sess_1: applied\n"), text);
        assertTrue(text.contains("\n!      +0:34  00:00:04  action    stop i-1: failed\n"), text);
        assertTrue(text.contains("\n    +1:02:05  01:01:35  operator  maria asked\n"), text);
        assertTrue(text.endsWith("\n2 action, 2 call, 1 finding, 1 issued, 1 operator\n"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }

    @Test
    void aTimelineOfWhoWasNotSeenIssuedCountsFromTheFirstCall() {
        ObjectNode answer = Json.object().put("session", "sess_1");
        answer.putArray("sessions");
        answer.putArray("timeline")
                .add(entry(60, Kind.CALL, "ec2:RunInstances", null).toJson());
        new TimelineText(page(Help.Ansi.OFF)).show(answer);
        assertTrue(out.toString().contains("       +0:00  00:00:30  call "), out::toString);
    }

    @Test
    void aTimelineIsColouredOnATerminal() {
        new TimelineText(page(Help.Ansi.ON))
                .show(timeline(
                        entry(0, Kind.CALL, "ec2:RunInstances", "AccessDenied"), entry(1, Kind.CALL, "a:B", null)));
        String failed = out.toString()
                .lines()
                .filter(line -> line.contains("AccessDenied"))
                .findFirst()
                .orElseThrow();
        assertTrue(failed.startsWith("\u001b[31m!"), failed);
        String call = out.toString()
                .lines()
                .filter(line -> line.contains("a:B"))
                .findFirst()
                .orElseThrow();
        assertFalse(call.contains("\u001b"), call);
    }

    @Test
    void aCommandToPasteStaysOnOneLine() {
        String command = "aws iam put-role-policy --role-name r --policy-document '" + "x ".repeat(80) + "'";
        OutcomeReport report = new OutcomeReport(command(Help.Ansi.OFF), false);
        report.show(List.of(
                outcome(Status.REFUSED, "it is for a person to judge", command),
                outcome(Status.FAILED, "could not: throttled", null),
                outcome(Status.APPLIED, "done, but not seen yet", command)));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.contains("          " + command), out::toString);
        assertTrue(lines.contains("not done  deny session s"), out::toString);
        assertTrue(lines.contains("FAILED    deny session s"), out::toString);
        assertTrue(lines.contains("unsure    deny session s"), out::toString);
    }

    @Test
    void whatIsLeftToDoIsExitOne() {
        assertEquals(0, OutcomeReport.exit(List.of()));
        assertEquals(0, OutcomeReport.exit(List.of(outcome(Status.ALREADY_DONE, "m", null))));
        assertEquals(0, OutcomeReport.exit(List.of(outcome(Status.OBSERVED, "m", null))));
        assertEquals(1, OutcomeReport.exit(List.of(outcome(Status.APPLIED, "m", "c"))), "written and not read back");
        assertEquals(
                1,
                OutcomeReport.exit(
                        List.of(outcome(Status.ALREADY_DONE, "m", null), outcome(Status.REFUSED, "m", null))));
        assertEquals(1, OutcomeReport.exit(List.of(outcome(Status.FAILED, "m", null))));
    }

    private Page page(Help.Ansi ansi) {
        return new Page(command(ansi));
    }

    private CommandLine command(Help.Ansi ansi) {
        PrintWriter writer = new PrintWriter(out);
        return Backstop.commandLine(InputStream.nullInputStream(), writer, writer)
                .setColorScheme(Help.defaultColorScheme(ansi));
    }

    private static ObjectNode session(String id, String role) {
        return Json.object()
                .put("id", id)
                .put("role", "arn:aws:iam::123456789012:role/" + role)
                .put("name", id)
                .put("startedAt", BEGAN.toString());
    }

    private static ObjectNode timeline(TimelineEntry... entries) {
        ObjectNode answer = Json.object().put("session", "sess_1");
        answer.putArray("sessions").add(session("sess_1", "agent-x"));
        ArrayNode list = answer.putArray("timeline");
        List.of(entries).forEach(entry -> list.add(entry.toJson()));
        return answer;
    }

    private static TimelineEntry entry(int seconds, Kind kind, String what, @Nullable String result) {
        return new TimelineEntry(BEGAN.plusSeconds(seconds), kind, "e-" + seconds, what, null, result, null);
    }

    private static Outcome outcome(Status status, String message, @Nullable String command) {
        return new Outcome(
                "e", "operator", Response.REVOKE, "deny session s", status, null, null, false, message, command);
    }
}
