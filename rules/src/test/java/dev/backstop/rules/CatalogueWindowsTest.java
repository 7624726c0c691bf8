package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Crossing;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.WindowRule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every rule with a window to its cases: what whole sessions did, one file a case. */
class CatalogueWindowsTest {
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
    private static final WindowBook WINDOWS = WindowBook.of(BOOK);

    record Case(RuleDefinition rule, Path file, boolean matches) {
        @Override
        public String toString() {
            return rule.id() + (matches ? " matches " : " ignores ") + file.getFileName();
        }
    }

    static Stream<Case> cases() {
        return BOOK.windows().stream()
                .flatMap(rule -> Stream.concat(
                        TestEvents.matches(rule).stream().map(file -> new Case(rule, file, true)),
                        TestEvents.ignores(rule).stream().map(file -> new Case(rule, file, false))));
    }

    static List<RuleDefinition> windows() {
        return BOOK.windows();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWindowFindsWhatItShould(Case each) {
        List<String> found = crossings(TestEvents.readCase(each.file())).stream()
                .map(crossing -> crossing.by().rule().id())
                .filter(each.rule().id()::equals)
                .toList();
        assertEquals(
                each.matches() ? List.of(each.rule().id()) : List.of(),
                found,
                each.file().toString());
    }

    @ParameterizedTest
    @MethodSource("windows")
    void thereAreCasesOfBothKinds(RuleDefinition rule) {
        for (List<Path> files : List.of(TestEvents.matches(rule), TestEvents.ignores(rule))) {
            assertTrue(files.size() >= 2, "at least two cases to match and two to ignore for " + rule.id());
            files.forEach(file -> assertTrue(
                    file.getFileName().toString().matches("[a-z0-9]+(-[a-z0-9]+)*\\.jsonl"), file.toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void theReasonSaysEnoughAndFitsOnAPhone(RuleDefinition rule) {
        int length = rule.rule().why().length();
        assertTrue(80 <= length && length <= 600, rule.file() + ": why has " + length + " characters");
        assertTrue(rule.references().stream().allMatch(reference -> reference.startsWith("https://")), rule.file());
    }

    /** The functions have what the stack wrote for them. */
    @Test
    void whatTheFunctionsReadIsWhatIsInForce() {
        WindowBook read = WindowBook.of(WINDOWS.toJson(), "test");

        assertEquals(WINDOWS.rules(), read.rules());
        assertEquals(WINDOWS.toJson(), read.toJson());
    }

    /** The accident that is reported most: an environment taken down by one command, its database and backups with it. */
    @Test
    void aTerraformDestroyIsCaughtBeforeTheDatabaseGoes() {
        List<JsonNode> events = TestEvents.readCase(TestEvents.ROOT.resolve("sessions/terraform-destroy.jsonl"));
        List<String> calls = events.stream()
                .map(event -> event.at("/detail/eventName").asText())
                .toList();

        Crossing caught = crossings(events).getFirst();

        assertEquals("mass-deletion", caught.by().rule().id());
        assertEquals("elasticloadbalancing:DeleteTargetGroup", caught.last().what());
        int call = calls.indexOf("DeleteTargetGroup");
        assertEquals(49, call + 1, "of " + calls.size() + " calls");
        assertTrue(call < calls.indexOf("DeleteDBInstance"), "the database still stands");
        assertTrue(call < calls.indexOf("DeleteSubnet"), "so does the network");
    }

    static List<Crossing> crossings(List<JsonNode> events) {
        Map<String, List<TimelineEntry>> bySession = new TreeMap<>();
        for (JsonNode event : events) {
            CloudTrailRecord record = CloudTrailRecord.of(event.path("detail"), "test");
            bySession
                    .computeIfAbsent(AgentSelector.DEFAULT.session(record).id(), _ -> new ArrayList<>())
                    .add(TimelineEntry.of(record).counting(WINDOWS.counting(event)));
        }
        List<Crossing> crossings = new ArrayList<>();
        for (List<TimelineEntry> entries : bySession.values()) {
            entries.sort(Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id));
            Set<Thing> all = entries.stream()
                    .flatMap(entry -> TimelineEntry.made(entry).stream())
                    .collect(Collectors.toSet());
            Map<Thing, Instant> own = TimelineEntry.made(entries, all);
            for (WindowRule rule : WINDOWS.rules()) {
                crossings.addAll(rule.crossings(entries, own));
            }
        }
        return crossings;
    }
}
