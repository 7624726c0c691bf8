package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.cli.input.Sieve;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left out at a glance is what nothing would have come of; on many threads the order is the input's. */
final class SieveTest {
    private static final Path TEST_EVENTS = Path.of(System.getProperty("backstop.root"), "test-events");
    private static final Detector DETECTOR = new Detector(Configuration.DEFAULT);

    @TempDir
    Path folder;

    @Test
    void overAllTestEventsItChangesNothing() throws IOException {
        AtomicLong looked = new AtomicLong();
        List<String> all = read(Sieve.NONE, new AtomicLong(), TEST_EVENTS.toString());
        assertEquals(all, read(DETECTOR, looked, TEST_EVENTS.toString()));
        assertTrue(all.size() > 250, all.size() + " findings");
        // In one file, in slices, what is read first must stay first.
        Path file = folder.resolve("all.jsonl");
        List<String> events = new ArrayList<>();
        for (Path path : files()) {
            events.add(Json.write(Json.read(Files.readString(path))));
        }
        for (int round = 0; round < 6; round++) {
            Files.write(file, events, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        }
        assertTrue(Files.size(file) > 4 << 20, "several slices");
        List<String> once = read(Sieve.NONE, new AtomicLong(), file.toString());
        assertEquals(once, read(DETECTOR, looked, file.toString()));
        assertEquals(once.subList(0, once.size() / 6), once.subList(once.size() / 6, once.size() / 3));
    }

    /** Escapes, lists and doubled fields in the very places that a glance looks at, and damage anywhere. */
    @Test
    void neitherOddRecordsNorDamageMakeADifference() throws IOException {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add(odd(Json.write(Records.opened("e-" + i)), random));
        }
        Path file = Files.write(folder.resolve("odd.jsonl"), lines);
        AtomicLong looked = new AtomicLong();
        List<String> all = read(Sieve.NONE, new AtomicLong(), file.toString());
        assertEquals(all, read(DETECTOR, looked, file.toString()));
        assertTrue(all.size() > 500, all.size() + " findings and complaints");
        assertTrue(looked.get() < 2_500, "something was left out: " + looked);
    }

    @Test
    void whatIsLeftOutIsCounted() throws IOException {
        ObjectNode human = Records.byHuman(Records.opened("e-1"));
        Path file =
                Files.write(folder.resolve("two.jsonl"), List.of(Json.write(human), Json.write(Records.opened("e-2"))));
        AtomicLong looked = new AtomicLong();
        List<String> said = read(DETECTOR, looked, file.toString());
        assertEquals(1, looked.get());
        assertTrue(said.getLast().contains("records=2"), said.toString());
    }

    private static String odd(String line, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> line.replace(":role/agent-", ":role\\/\\u0061gent-");
            case 1 -> line.replace("agent-deploy-role", "person");
            case 2 -> line.replace("role/agent-deploy-role\"", "role/agent-deploy-role\",\"arn\":\"x\"");
            case 3 -> line.replaceFirst("\"arn\":\"(arn:aws:iam[^\"]*)\"", "\"arn\":[\"$1\"]");
            case 4 -> line.replace("\"userIdentity\":{", "\"userIdentity\":{},\"userIdentity\":{");
            case 5 -> line.replace("AuthorizeSecurityGroupIngress", "DescribeSecurityGroups");
            case 6 -> line.replace("{\"eventVersion\"", "{\"errorCode\":{},\"eventVersion\"");
            case 7 -> line.replace("{\"eventVersion\"", "{\"errorCode\":null,\"eventVersion\"");
            case 8 -> line.substring(0, random.nextInt(line.length()));
            case 9 -> line.replace("2026-11-20T10:54:06Z", "2026-11-31T10:54:06Z");
            case 10 -> line.replace("{\"eventVersion\"", "{\"detail\":{},\"eventVersion\"");
            default -> line;
        };
    }

    /** Every finding, then every complaint, then the tally. */
    private static List<String> read(Sieve sieve, AtomicLong looked, String name) {
        List<String> findings = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        InputStream nothing = new ByteArrayInputStream("".getBytes(StandardCharsets.UTF_8));
        try (Inputs inputs = Inputs.of(List.of(name), nothing)) {
            String tally = new EventReader(inputs, AgentSelector.DEFAULT, complaints::add)
                    .read(
                            sieve,
                            Period.ALWAYS,
                            event -> {
                                looked.incrementAndGet();
                                return DETECTOR.detect(event);
                            },
                            found -> findings.add(found.stream()
                                    .map(one -> one.record().eventId() + " "
                                            + one.rule().id())
                                    .collect(Collectors.joining(" "))))
                    .toString();
            findings.addAll(complaints);
            findings.add(tally);
        }
        return findings;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(TEST_EVENTS)) {
            return files.filter(file -> file.toString().matches(".*/(matches|ignores)/.*\\.json"))
                    .sorted()
                    .toList();
        }
    }
}
