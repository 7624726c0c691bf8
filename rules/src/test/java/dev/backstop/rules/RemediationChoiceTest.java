package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemediationChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "launchedInstances, stop, instance-launched-beyond-allowed-types, stop-launched-instances",
        "launchedInstances, isolate, instance-launched-beyond-allowed-types, isolate-launched-instances",
        "launchedInstances, terminate, instance-launched-beyond-allowed-types, terminate-launched-instances",
        "instanceRestart, tagged, instance-resized, restore-instance-type",
        "instanceRestart, always, instance-resized, restore-instance-type-with-restart",
        "createdUsers, disable, user-created, disable-created-user",
        "createdUsers, strip, user-created, strip-created-user"
    })
    void configurationDecidesWhichRemediationARuleCarries(String key, String value, String rule, String remediation) {
        Configuration configuration = Configuration.of(Json.object().put(key, value), "test");
        assertEquals(remediation, rule(configuration, rule).remediation());
    }

    @Test
    void whatARuleNamesItselfStays() {
        assertEquals(
                "revoke-added-security-group-rules",
                rule(Configuration.DEFAULT, "security-group-opened-to-world").remediation());
    }

    private static Rule rule(Configuration configuration, String id) {
        return RuleBook.catalogue(configuration, TestRemediations.IDS).definitions().stream()
                .map(RuleDefinition::rule)
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
