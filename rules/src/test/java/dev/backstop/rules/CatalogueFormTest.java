package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Category;
import dev.backstop.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every rule file to what a person who is alerted, or who doubts the rule, finds in it. */
class CatalogueFormTest {
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);

    /** With the stack's own rules a bus is full at 300. */
    private static final int RULES = 290;

    static List<RuleDefinition> rules() {
        return BOOK.definitions();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whySaysEnoughAndFitsOnAPhone(RuleDefinition rule) {
        int length = rule.rule().why().length();
        assertTrue(80 <= length && length <= 600, rule.file() + ": why has " + length + " characters");
    }

    /** It follows the session's name. */
    @ParameterizedTest
    @MethodSource("rules")
    void saidIsAVerbPhraseInThePastTense(RuleDefinition rule) {
        String said = rule.rule().said();
        assertTrue(
                said != null && said.matches("[a-z]+,?( [A-Za-z0-9,' -]+)*") && !said.matches("(was|is|has|the|a) .*"),
                rule.file() + ": said: " + said);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aReferenceIsAWSsOwnDocument(RuleDefinition rule) {
        assertTrue(
                rule.references().stream().anyMatch(reference -> reference.startsWith("https://docs.aws.amazon.com/")),
                rule.file() + ": references name no document of AWS");
        rule.references()
                .forEach(reference -> assertTrue(reference.matches("https://[^\\s]+"), rule.file() + ": " + reference));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void honestWorkThatLooksTheSameIsNamed(RuleDefinition rule) {
        rule.falsePositives()
                .forEach(text -> assertTrue(
                        text.matches("[A-Z].*\\."), rule.file() + ": falsePositives: not a sentence: " + text));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thereAreEventsOfBothKinds(RuleDefinition rule) {
        for (List<Path> files : List.of(TestEvents.matches(rule), TestEvents.ignores(rule))) {
            assertTrue(files.size() >= 2, "at least two events to match and two to ignore for " + rule.id());
            files.forEach(file -> assertTrue(
                    file.getFileName().toString().matches("[a-z0-9]+(-[a-z0-9]+)*\\.json"), file.toString()));
        }
    }

    /** An event that no rule matches shows a misspelt name; a name without an event shows nothing. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyCallThatIsNamedHasAnEvent(RuleDefinition rule) {
        List<String> calls = TestEvents.matches(rule).stream()
                .map(file -> TestEvents.read(file).at("/detail/eventName").asText())
                .toList();
        for (JsonNode names : rule.pattern().findValues("eventName")) {
            names.forEach(name -> assertTrue(
                    calls.stream()
                            .anyMatch(call -> name.isTextual()
                                    ? call.equals(name.asText())
                                    : call.startsWith(name.path("prefix").asText())),
                    rule.file() + ": no event in matches for " + name));
        }
    }

    /** EventBridge drops read-only management events unless the rule's state asks for them. */
    @ParameterizedTest
    @MethodSource("rules")
    void aRuleOverReadOnlyCallsSaysSo(RuleDefinition rule) {
        boolean readOnly = TestEvents.matches(rule).stream()
                .anyMatch(file -> TestEvents.read(file).at("/detail/readOnly").asBoolean());
        assertEquals(readOnly, rule.readOnly(), rule.file() + ": readOnly, by the events that it matches");
    }

    @Test
    void patternsFitIntoEventBridgeInTheLongestPartition() {
        for (ComposedRule rule : BOOK.composedFor(new Account("aws-us-gov", "999999999999"))) {
            int length = Json.write(rule.pattern()).length();
            assertTrue(length <= 2_048, rule.definition().file() + ": " + length + " characters");
        }
    }

    /** More than this is not known to be accepted, and the limit is not published. */
    @Test
    void wildcardsAreAsSimpleAsEventBridgeIsKnownToAccept() {
        for (ComposedRule rule : BOOK.composedFor(new Account("aws", "111122223333"))) {
            int complexity = PatternLimits.complexity(Json.write(rule.pattern()));
            assertTrue(complexity <= 9, rule.definition().file() + ": complexity " + complexity);
        }
    }

    @Test
    void theRulesFitOnOneBus() {
        assertFalse(BOOK.definitions().size() > RULES, BOOK.definitions().size() + " rules");
        List<String> wild = BOOK.composedFor(Account.ANY).stream()
                .filter(rule -> Json.write(rule.definition().pattern()).contains("\"wildcard\""))
                .map(rule -> rule.definition().id())
                .toList();
        assertTrue(wild.size() <= 25, "rules with wildcards: " + wild);
    }

    @Test
    void everyCategoryHasItsPageAndRules() {
        for (Category category : Category.values()) {
            Path page = TestEvents.ROOT.resolveSibling("docs/catalogue/" + category.word() + ".md");
            assertTrue(Files.exists(page), page + " is missing");
            assertTrue(
                    BOOK.definitions().stream().anyMatch(rule -> rule.rule().category() == category),
                    "no rule of category " + category.word());
        }
    }

    /** By the events that rules match, so that a name in a pattern counts only once it was seen to work. */
    @Test
    void theCatalogueIsAsWideAsItSays() {
        long calls = BOOK.definitions().stream()
                .flatMap(rule -> TestEvents.matches(rule).stream())
                .map(file -> TestEvents.read(file).path("detail"))
                .map(detail -> detail.path("eventSource").asText()
                        + detail.path("eventName").asText())
                .distinct()
                .count();
        assertTrue(BOOK.definitions().size() >= 90, BOOK.definitions().size() + " rules");
        assertTrue(calls >= 200, calls + " calls");
    }
}
