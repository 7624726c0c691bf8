package dev.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An agent opens a security group to the world: what EventBridge sends to the respond function, a fresh one each time. */
final class Violation {
    private static final String RULE = "security-group-opened-to-world";

    private Violation() {}

    /** The input with places left open, from the catalogue's rule and its test event. */
    static String template() throws IOException {
        RuleDefinition rule = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids()).definitions().stream()
                .filter(definition -> definition.id().equals(RULE))
                .findFirst()
                .orElseThrow();
        JsonNode event =
                Json.read(Files.readString(Path.of("test-events", RULE, "matches", "ip-permissions-443.json")));
        JsonNode detail = event.path("detail");
        JsonNode added = detail.path("responseElements")
                .path("securityGroupRuleSet")
                .path("items")
                .path(0);
        return Json.write(Detection.payload(rule.rule(), event))
                .replace(added.path("securityGroupRuleId").asText(), "$RULE")
                .replace(added.path("groupId").asText(), "$GROUP")
                .replace(detail.path("eventID").asText(), "$EVENT")
                .replace(detail.path("eventTime").asText(), "$TIME");
    }

    /** The input for one violation, seconds old. */
    static String of(String template, int number) {
        return template.replace("$RULE", ruleOf(group(number)))
                .replace("$GROUP", group(number))
                .replace("$EVENT", "event-" + number)
                .replace(
                        "$TIME",
                        Instant.now()
                                .minusSeconds(4)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    static String group(int number) {
        return "sg-%017x".formatted(number);
    }

    /** The id of the rule that the agent added to a group. */
    static String ruleOf(String group) {
        return "sgr-" + group.substring(3);
    }
}
