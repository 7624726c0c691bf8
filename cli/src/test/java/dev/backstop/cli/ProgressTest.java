package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {
    private final StringWriter screen = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();
    private final Progress progress = new Progress(new PrintWriter(screen), 1_000, nanos::get);

    @TempDir
    Path folder;

    @Test
    void itSaysHowFarHowFastAndHowLong() {
        assertEquals("reading", progress.line());
        nanos.set(10_000_000_000L);
        progress.bytes(250);
        progress.records(2_500_000);
        assertEquals(" 25 %  250,000 records a second, 0:30 left", progress.line());
        progress.bytes(2_000);
        assertEquals("100 %  250,000 records a second, 0:00 left", progress.line());
    }

    @Test
    void itMakesWayForWhatElseIsWritten() {
        assertTrue(progress.tick());
        progress.aside(new PrintWriter(screen), () -> screen.append("a finding\n"));
        progress.close();
        assertFalse(progress.tick());
        assertEquals("\r\u001b[Kreading\r\u001b[Ka finding\n", screen.toString());
    }

    @Test
    void onlyCallsOfThePeriodCount() throws Exception {
        Path file = Files.write(
                folder.resolve("days.jsonl"),
                List.of(
                        at("e-1", "2026-11-19T23:59:59Z"),
                        at("e-2", "2026-11-20T00:00:00Z"),
                        at("e-3", "2026-11-20T23:59:59Z"),
                        at("e-4", "2026-11-21T00:00:00Z")));
        Run run = Run.of("replay", "--since", "2026-11-20", "--until", "2026-11-20", file.toString());
        assertTrue(run.out().contains("2 findings in 2 records of 1 file; 2 records of another time"), run.out());
        Run moment = Run.of("replay", "--json", "--since", "2026-11-20T23:59:59Z", file.toString());
        assertEquals(2, moment.lines().size(), moment.out());
        Run wrong = Run.of("replay", "--since", "yesterday", file.toString());
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("expected a time such as 2026-11-20T10:54:06Z"), wrong.err());
        Run empty = Run.of("replay", "--since", "2026-11-21", "--until", "2026-11-19", file.toString());
        assertEquals(2, empty.exit());
        assertTrue(empty.err().contains("--until: TIME: is not after --since"), empty.err());
    }

    private static String at(String id, String time) {
        return Json.write(Records.opened(id, "sg-0a1", "sgr-0a1", time, "111122223333", "us-east-1"));
    }
}
