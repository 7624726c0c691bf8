package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesTest {
    @Test
    void everyRuleIsALineOfJson() {
        Run run = Run.of("rules", "--json");
        assertEquals(0, run.exit(), run.err());
        List<JsonNode> rules = run.lines().stream().map(Json::read).toList();
        JsonNode opened = rules.stream()
                .filter(rule -> rule.path("id").asText().equals("security-group-opened-to-world"))
                .findFirst()
                .orElseThrow();
        assertEquals("exposure", opened.path("category").asText());
        assertEquals("critical", opened.path("severity").asText());
        assertEquals("[\"alert\",\"revert\",\"revoke\"]", Json.write(opened.path("response")));
        assertEquals("[\"ec2:AuthorizeSecurityGroupIngress\"]", Json.write(opened.path("events")));
        rules.forEach(rule -> assertTrue(
                rule.hasNonNull("title")
                        && rule.hasNonNull("why")
                        && (!rule.path("events").isEmpty() || rule.hasNonNull("window")),
                rule.toString()));
    }

    @Test
    void aCallCarriesTheServiceOfItsOwnBranch() {
        String bought = Run.of("rules", "--json").lines().stream()
                .filter(line -> Json.read(line).path("id").asText().equals("reserved-capacity-purchased"))
                .findFirst()
                .orElseThrow();
        String calls = Json.write(Json.read(bought).path("events"));
        assertTrue(calls.contains("\"ec2:PurchaseHostReservation\""), calls);
        assertTrue(calls.contains("\"savingsplans:CreateSavingsPlan\""), calls);
    }

    @Test
    void forPeopleItFitsAHundredColumns() {
        Run run = Run.of("rules");
        run.lines().forEach(line -> assertTrue(line.length() <= 100, line));
        assertTrue(run.out().contains("critical  security-group-opened-to-world"), run.out());
        run.lines()
                .forEach(line -> assertFalse(
                        line.strip().matches("response|events|window"), "nothing behind the label: " + line));
    }

    /** As they are written everywhere else. */
    @Test
    void wordsToChooseFromAreInLowerCase() {
        assertTrue(
                Run.of("rules", "new", "--help").out().contains("info, low, medium, high, critical. Default: medium."));
        assertTrue(Run.of("rules", "new", "x", "--severity", "high").err().contains("rulesDir: is not set"));
        assertTrue(Run.of("rules", "new", "x", "--severity", "HIGH").err().contains("rulesDir: is not set"));
    }

    @Test
    void forPeopleRulesStandUnderTheirCategory() {
        List<String> lines = Run.of("rules").lines();
        int exposure = lines.indexOf("exposure");
        int opened = lines.indexOf("critical  security-group-opened-to-world");
        assertTrue(0 <= exposure && exposure < opened && opened < lines.indexOf("identity"), String.join("\n", lines));
        assertTrue(lines.getLast().matches("\\d+ rules over \\d+ calls"), lines.getLast());
    }

    @Test
    void thePayloadIsWhatTheFunctionReads() {
        Run run = Run.with(Json.write(Records.opened("e-1")), "rules", "payload", "-");
        assertEquals(0, run.exit(), run.err());
        Detection detection = Detection.of(Json.read(run.out()), "payload");
        assertEquals("security-group-opened-to-world", detection.rule().id());
        assertEquals("e-1", detection.record().eventId());
    }
}
