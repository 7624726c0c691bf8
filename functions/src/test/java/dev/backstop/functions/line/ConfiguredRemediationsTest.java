package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is configured, every rule names a remediation that there is. */
class ConfiguredRemediationsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"launchedInstances\":\"isolate\",\"instanceRestart\":\"always\"}",
                "{\"launchedInstances\":\"terminate\",\"createdUsers\":\"strip\"}"
            })
    void exist(String context) {
        RuleBook book = RuleBook.catalogue(Configuration.of(Json.read(context), "test"), Remediations.ids());
        Set<String> unknown = book.definitions().stream()
                .map(RuleDefinition::rule)
                .flatMap(rule -> Stream.ofNullable(rule.remediation()))
                .filter(id -> Remediations.named(id).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown);
    }
}
