package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Crossing;
import java.nio.file.Path;
import java.util.List;
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
        List<String> found = WindowCase.of(each.file()).crossings(WINDOWS, AgentSelector.DEFAULT).stream()
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
        WindowCase destroy = WindowCase.of(TestEvents.ROOT.resolve("sessions/terraform-destroy.jsonl"));
        List<String> calls = destroy.events().stream()
                .map(event -> event.at("/detail/eventName").asText())
                .toList();

        Crossing caught = destroy.crossings(WINDOWS, AgentSelector.DEFAULT).getFirst();

        assertEquals("mass-deletion", caught.by().rule().id());
        assertEquals("elasticloadbalancing:DeleteTargetGroup", caught.last().what());
        int call = calls.indexOf("DeleteTargetGroup");
        assertEquals(49, call + 1, "of " + calls.size() + " calls");
        assertTrue(call < calls.indexOf("DeleteDBInstance"), "the database still stands");
        assertTrue(call < calls.indexOf("DeleteSubnet"), "so does the network");
    }
}
