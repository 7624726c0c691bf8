package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every rule of the catalogue to its test events, with the engine that EventBridge uses. */
class CatalogueTest {
    private static final Path EVENTS = Path.of(System.getProperty("backstop.root"), "test-events");
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
    private static final PatternMatcher DEPLOYED = new PatternMatcher(BOOK, new Account("aws", "111122223333"));
    private static final PatternMatcher ANYWHERE = new PatternMatcher(BOOK, Account.ANY);

    @TestFactory
    Stream<DynamicTest> everyRuleMatchesItsEventsAndIgnoresItsLookAlikes() {
        return BOOK.definitions().stream()
                .flatMap(rule -> Stream.concat(
                        events(rule, "matches")
                                .map(file -> dynamicTest(
                                        rule.id() + " matches " + file.getFileName(),
                                        () -> assertMatched(true, rule, file))),
                        events(rule, "ignores")
                                .map(file -> dynamicTest(
                                        rule.id() + " ignores " + file.getFileName(),
                                        () -> assertMatched(false, rule, file)))));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHasEventsOfBothKinds() {
        return BOOK.definitions().stream().flatMap(rule -> Stream.of("matches", "ignores")
                .map(kind -> dynamicTest(
                        rule.id() + " has " + kind,
                        () -> assertTrue(
                                events(rule, kind).count() >= 2,
                                "at least two files in test-events/" + rule.id() + "/" + kind))));
    }

    @Test
    void everyFolderOfEventsBelongsToARule() throws IOException {
        Set<String> others = Set.of("sessions", "cloudtrail-log-file");
        try (Stream<Path> folders = Files.list(EVENTS)) {
            List<String> strays = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !others.contains(name))
                    .filter(name -> BOOK.definitions().stream()
                            .noneMatch(rule -> rule.id().equals(name)))
                    .toList();
            assertEquals(List.of(), strays, "folders in test-events without a rule");
        }
    }

    @Test
    void aQuietDayIsQuiet() throws IOException {
        for (String line : Files.readAllLines(EVENTS.resolve("sessions/a-quiet-day.jsonl"))) {
            assertEquals(List.of(), ids(ANYWHERE, Json.read(line)), line);
        }
    }

    private static void assertMatched(boolean wanted, RuleDefinition rule, Path file) throws IOException {
        JsonNode event = Json.read(Files.readString(file));
        assertFalse(event.path("detail").isMissingNode(), file + " is an EventBridge event");
        assertEquals(wanted, ids(DEPLOYED, event).contains(rule.id()), "as deployed: " + file);
        assertEquals(wanted, ids(ANYWHERE, event).contains(rule.id()), "for any account: " + file);
    }

    private static List<String> ids(PatternMatcher matcher, JsonNode event) {
        return matcher.match(event).stream().map(RuleDefinition::id).toList();
    }

    private static Stream<Path> events(RuleDefinition rule, String kind) {
        Path folder = EVENTS.resolve(rule.id()).resolve(kind);
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(folder.toString(), e);
        }
    }
}
