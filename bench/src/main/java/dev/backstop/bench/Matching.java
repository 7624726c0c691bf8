package dev.backstop.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.ComposedRule;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.event.ruler.Machine;

/** How many events a second one thread matches, from text to rules, beside Jackson and event-ruler alone. */
final class Matching {
    private static final int WARM_UP = 8;
    private static final int ROUNDS = 20;
    private static final int PASSES = 40;

    private Matching() {}

    static void run(PrintStream out) throws IOException {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
        PatternMatcher matcher = new PatternMatcher(book, Account.ANY);
        Machine machine = Machine.builder().build();
        List<ComposedRule> composed = book.composedFor(Account.ANY);
        for (ComposedRule rule : composed) {
            machine.addRule(rule.definition().id(), Json.write(rule.pattern()));
        }
        List<String> events = events();
        Matcher ours = text -> matcher.match(Json.MAPPER.readTree(text)).size();
        Matcher bare =
                text -> machine.rulesForJSONEvent(Json.MAPPER.readTree(text)).size();
        if (matches(ours, events) != matches(bare, events)) {
            throw new IllegalStateException("the two do not match the same");
        }
        Samples ourRate = new Samples();
        Samples bareRate = new Samples();
        Samples ratios = new Samples();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double mine = rate(ours, events);
            double theirs = rate(bare, events);
            if (round >= 0) {
                ourRate.add(mine);
                bareRate.add(theirs);
                ratios.add(mine / theirs);
            }
        }
        out.printf(
                "MATCHING: %d test events of %,d bytes on average, %d rules; events a CPU second, one thread, median of %d rounds%n",
                events.size(), events.stream().mapToInt(String::length).sum() / events.size(), composed.size(), ROUNDS);
        out.printf("  PatternMatcher                     %,9.0f%n", ourRate.median());
        out.printf("  reference: readTree + event-ruler  %,9.0f%n", bareRate.median());
        out.printf("  ratio                              %9.2f%n", ratios.median());
    }

    /** One event's text to the number of rules it matches. */
    private interface Matcher {
        int matches(String event) throws Exception;
    }

    private static double rate(Matcher matcher, List<String> events) {
        long start = cpu();
        for (int pass = 0; pass < PASSES; pass++) {
            matches(matcher, events);
        }
        return 1e9 * PASSES * events.size() / (cpu() - start);
    }

    private static int matches(Matcher matcher, List<String> events) {
        int matches = 0;
        try {
            for (String event : events) {
                matches += matcher.matches(event);
            }
        } catch (Exception e) {
            throw new IllegalStateException("a test event that is none", e);
        }
        return matches;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<String> events() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("test-events"))) {
            files = all.filter(file -> file.toString().matches(".*/(matches|ignores)/.*\\.json"))
                    .sorted()
                    .toList();
        }
        List<String> events = new ArrayList<>();
        for (Path file : files) {
            events.add(compact(Files.readString(file)));
        }
        return events;
    }

    /** As EventBridge delivers it; the files are indented for people. */
    private static String compact(String json) throws JsonProcessingException {
        return Json.write(Json.MAPPER.readTree(json));
    }
}
