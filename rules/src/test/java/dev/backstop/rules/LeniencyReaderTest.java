package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Leniency;
import dev.backstop.core.Leniency.Maintenance;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configuration makes less of, and what it may not. */
class LeniencyReaderTest {
    @Test
    void projectsAndMaintenanceAreRead() {
        Leniency leniency = read("""
                {"projects": {"checkout": ["checkout-", "/checkout/"]},
                 "maintenance": [{"from": "2026-12-05T20:00:00Z", "to": "2026-12-06T02:00:00Z", "reason": "moving"}]}
                """);

        assertEquals(Map.of("checkout", List.of("checkout-", "/checkout/")), leniency.projects());
        Instant from = Instant.parse("2026-12-05T20:00:00Z");
        Maintenance window = new Maintenance(from, from.plusSeconds(6 * 3600), Severity.LOW, "moving");
        assertEquals(List.of(window), leniency.maintenance());
        assertTrue(leniency.at(from).isPresent());
        assertTrue(leniency.at(from.minusSeconds(1)).isEmpty());
        assertTrue(leniency.at(window.to()).isEmpty());
    }

    @Test
    void nothingIsMadeLessOfUnlessConfigured() {
        assertEquals(Leniency.NONE, read("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'projects': ['checkout-']} | context.projects: expected an object",
                "{'projects': {'checkout': []}} | context.projects.checkout: expected a list",
                "{'projects': {'checkout': ['c-']}} | each of 4 characters or more",
                "{'projects': {'checkout': ['prod*']}} | without wildcards",
                "{'maintenance': {'from': 'now'}} | context.maintenance: expected a list of windows",
                "{'maintenance': [{'from': 'now', 'to': 'later', 'reason': 'r'}]} | expected from and to as",
                "{'maintenance': [{'from': '2026-12-05T20:00:00Z', 'to': '2026-12-05T20:00:00Z', 'reason': 'r'}]}"
                        + " | begins before it ends",
                "{'maintenance': [{'from': '2026-12-05T20:00:00Z', 'to': '2027-12-05T20:00:00Z', 'reason': 'r'}]}"
                        + " | two days long at most",
                "{'maintenance': [{'from': '2026-12-05T20:00:00Z', 'to': '2026-12-05T21:00:00Z'}]} | has a reason",
                "{'maintenance': [{'until': '2026-12-05T20:00:00Z'}]} | context.maintenance[0].until: is not a key",
                "{'maintenance': [{'severity': 'none'}]} | context.maintenance[0].severity: expected info",
                "{'maintenance': ['x']} | context.maintenance[0]: expected a window such as {\"from\": \"2026-12-05T20:00:00Z\"",
                "{'maintenance': [{'from': '2026-12-05T20:00:00Z', 'to': '2026-12-05T21:00:00Z', 'reason': 'r'}, {'to': 'x'}]}"
                        + " | context.maintenance[1]: expected from and to as"
            })
    void whatWouldSoftenMoreThanMeantIsRefused(String context, String error) {
        BadInputException refused = assertThrows(BadInputException.class, () -> read(context.replace('\'', '"')));

        assertTrue(String.valueOf(refused.getMessage()).contains(error), refused.getMessage());
    }

    private static Leniency read(String context) {
        return Configuration.of(Json.read(context), "cdk.json").leniency();
    }
}
