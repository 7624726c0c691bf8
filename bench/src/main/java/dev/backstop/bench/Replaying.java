package dev.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.backstop.cli.Detector;
import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.ComposedRule;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.event.ruler.Machine;

/** How many records a second {@code backstop replay} reads from a file, beside Jackson and event-ruler alone. */
final class Replaying {
    private static final int RECORDS = 100_000;
    private static final int OF_REFERENCE = 10_000;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 5;

    private final PrintStream out;
    private final Detector detector = new Detector(Configuration.DEFAULT);
    private final Machine machine = Machine.builder().build();
    private long found;

    private Replaying(PrintStream out) {
        this.out = out;
    }

    static void run(PrintStream out) throws IOException {
        Replaying replaying = new Replaying(out);
        List<ComposedRule> rules =
                RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids()).composedFor(Account.ANY);
        for (ComposedRule rule : rules) {
            replaying.machine.addRule(rule.definition().id(), Json.write(rule.pattern()));
        }
        out.printf(
                "REPLAY of %,d records of about 2 KB, NDJSON, %d rules; records a CPU second, median of %d rounds%n",
                RECORDS, rules.size(), ROUNDS);
        out.println("  made by agents                              1 in 100       1 in 10           all");
        replaying.compare();
    }

    private void compare() throws IOException {
        Path file = Path.of("bench/target/replay.jsonl");
        StringBuilder ours = new StringBuilder();
        StringBuilder wall = new StringBuilder();
        StringBuilder bare = new StringBuilder();
        StringBuilder ratio = new StringBuilder();
        for (double share : List.of(0.01, 0.1, 1.0)) {
            Files.write(file, Trail.of(share, RECORDS));
            Samples mine = new Samples();
            Samples took = new Samples();
            Samples theirs = new Samples();
            Samples ratios = new Samples();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Clock one = measure(() -> replay(file));
                long matched = found;
                boolean whole = round == -WARM_UP;
                Clock other = measure(() -> reference(file, whole ? RECORDS : OF_REFERENCE));
                if (whole && matched != found) {
                    throw new IllegalStateException("the two do not match the same: " + matched + " and " + found);
                }
                if (round >= 0) {
                    mine.add(RECORDS * 1e9 / one.process());
                    took.add(RECORDS * 1e9 / one.wall());
                    theirs.add(OF_REFERENCE * 1e9 / other.process());
                    ratios.add((double) one.process() / other.process() * OF_REFERENCE / RECORDS);
                }
            }
            ours.append(String.format("%,14.0f", mine.median()));
            wall.append(String.format("%,14.0f", took.median()));
            bare.append(String.format("%,14.0f", theirs.median()));
            ratio.append(String.format("%14.2f", ratios.median()));
        }
        Files.delete(file);
        out.println("  replay, both passes                     " + ours);
        out.println("  reference: readTree + event-ruler        " + bare.substring(1));
        out.println("  ratio of CPU times                      " + ratio);
        out.println("  replay, records a second on all cores   " + wall);
    }

    /** As the command does it: one pass for the sessions, one for the findings. */
    private void replay(Path file) {
        AtomicLong count = new AtomicLong();
        try (Inputs inputs = Inputs.of(List.of(file.toString()), InputStream.nullInputStream())) {
            EventReader reader = new EventReader(inputs, AgentSelector.DEFAULT, System.err::println);
            reader.sessions(new LocalSessionRegistry());
            reader.read(detector, Period.ALWAYS, detector::detect, all -> count.addAndGet(all.size()));
        }
        found = count.get();
    }

    private void reference(Path file, int most) {
        found = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (int i = 0; i < most; i++) {
                String line = lines.readLine();
                JsonNode record = Json.MAPPER.readTree(line);
                ObjectNode event = EventEnvelope.around(CloudTrailRecord.of(record, "reference"));
                found += machine.rulesForJSONEvent(event).size();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Clock measure(Runnable what) {
        System.gc();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long wall = System.nanoTime();
        long process = system.getProcessCpuTime();
        what.run();
        return new Clock(System.nanoTime() - wall, 0, system.getProcessCpuTime() - process);
    }
}
