package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import dev.backstop.core.Severity;
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
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
    private static final PatternMatcher DEPLOYED = new PatternMatcher(BOOK, new Account("aws", "111122223333"));
    private static final PatternMatcher ANYWHERE = new PatternMatcher(BOOK, Account.ANY);

    @TestFactory
    Stream<DynamicTest> everyRuleMatchesItsEventsAndIgnoresItsLookAlikes() {
        return BOOK.definitions().stream()
                .flatMap(rule -> Stream.concat(
                        TestEvents.matches(rule).stream()
                                .map(file -> dynamicTest(
                                        rule.id() + " matches " + file.getFileName(),
                                        () -> assertMatched(true, rule, file))),
                        TestEvents.ignores(rule).stream()
                                .map(file -> dynamicTest(
                                        rule.id() + " ignores " + file.getFileName(),
                                        () -> assertMatched(false, rule, file)))));
    }

    @Test
    void everyFolderOfEventsBelongsToARule() throws IOException {
        Set<String> others = Set.of("sessions", "cloudtrail-log-file");
        try (Stream<Path> folders = Files.list(TestEvents.ROOT)) {
            List<String> strays = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !others.contains(name))
                    .filter(name ->
                            BOOK.all().stream().noneMatch(rule -> rule.id().equals(name)))
                    .toList();
            assertEquals(List.of(), strays, "folders in test-events without a rule");
        }
    }

    /** What honest work may leave behind is for the session's story: nobody is woken or asked to do anything. */
    @Test
    void aQuietDayIsQuiet() throws IOException {
        for (String line : Files.readAllLines(TestEvents.ROOT.resolve("sessions/a-quiet-day.jsonl"))) {
            List<String> loud = ANYWHERE.match(Json.read(line)).stream()
                    .filter(rule -> rule.rule().severity() != Severity.INFO)
                    .map(RuleDefinition::id)
                    .toList();
            assertEquals(List.of(), loud, line);
        }
    }

    private static void assertMatched(boolean wanted, RuleDefinition rule, Path file) {
        JsonNode event = TestEvents.read(file);
        assertFalse(event.path("detail").isMissingNode(), file + " is an EventBridge event");
        assertEquals(wanted, ids(DEPLOYED, event).contains(rule.id()), "as deployed: " + file);
        assertEquals(wanted, ids(ANYWHERE, event).contains(rule.id()), "for any account: " + file);
    }

    private static List<String> ids(PatternMatcher matcher, JsonNode event) {
        return matcher.match(event).stream().map(RuleDefinition::id).toList();
    }
}
