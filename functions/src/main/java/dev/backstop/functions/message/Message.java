package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Runbook;
import dev.backstop.core.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An alert as all channels tell it: the alert's own facts, and what the deployment adds to them. What machines get is this
 * very document, and every text for people is made of it.
 *
 * @param json as docs/schema/alert-2.json says
 */
public record Message(ObjectNode json) {
    /** What an alert is called on the bus. */
    public static final String DETAIL_TYPE = "Backstop Alert";

    /** The rule of an alert that says nothing but that alerts arrive. */
    public static final String TEST = "test-alert";

    public static Message of(Alert alert, Letterhead letterhead) {
        ObjectNode json = alert.toJson();
        json.put("subject", Subject.of(alert));
        json.put("summary", Words.summary(alert.outcomes()));
        json.put("level", level(alert.severity()));
        json.put("contained", alert.contained());
        json.put("ruleSeverity", alert.rule().severity().word());
        json.put("test", alert.rule().id().equals(TEST));
        ((ObjectNode) json.path("event"))
                .put("accountAlias", letterhead.account().get().orElse(null));
        ArrayNode next = json.putArray("next");
        if (!alert.rule().id().equals(TEST)) {
            NextStep.after(alert, letterhead.qualifier()).forEach(step -> next.add(step.toJson()));
        }
        json.put("runbook", Runbook.of(alert.rule()).link(letterhead.runbook()));
        return new Message(json);
    }

    /** Whether a document is one of these, of whatever version. */
    public static boolean isOne(JsonNode document) {
        String schema = Json.text(document, "schema");
        return schema != null && schema.startsWith("backstop.alert/") && document.isObject();
    }

    /** What most paging services call how bad it is. */
    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "critical";
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "info";
        };
    }

    public String subject() {
        return at("/subject");
    }

    /** {@code CRITICAL}, before it {@code TEST} where nothing happened. */
    String severity() {
        return (isTest() ? "TEST " : "") + at("/severity").toUpperCase(Locale.ROOT);
    }

    public boolean isTest() {
        return json.path("test").asBoolean();
    }

    /** {@code page}, {@code notify} or {@code record}. */
    public String urgency() {
        return at("/urgency");
    }

    public boolean closing() {
        return json.at("/incident/closing").asBoolean();
    }

    /** Words for what stands at a JSON pointer, none where nothing does. */
    public String at(String pointer) {
        String value = text(pointer);
        return value == null ? "" : value;
    }

    @Nullable
    String text(String pointer) {
        JsonNode value = json.at(pointer);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** Who answers for the session, or why nobody knows. */
    String owner(String tag) {
        String value = text("/session/" + tag);
        return value != null
                ? value
                : json.at("/session/ownerKnown").asBoolean() ? "no tag" : "unknown (no STS record seen)";
    }

    /** {@code sess_a8f3b21c on agent-deploy-role, 14 min old}. */
    String session() {
        String role = at("/session/role");
        JsonNode lived = json.at("/session/livedSeconds");
        return at("/session/id") + " on " + role.substring(role.lastIndexOf('/') + 1)
                + (lived.isNumber() ? ", " + Span.words(Duration.ofSeconds(lived.asLong())) + " old" : "");
    }

    /** {@code acme-dev (123456789012), eu-west-1}. */
    String account() {
        String alias = text("/event/accountAlias");
        String id = at("/event/account");
        return (alias == null ? id : alias + " (" + id + ")") + ", " + at("/event/region");
    }

    /** {@code inc-0123456789: 7 findings so far, 3 of them only counted}; null for an alert of its first finding. */
    @Nullable
    String incident() {
        JsonNode incident = json.path("incident");
        if (!incident.isObject()) {
            return null;
        }
        int findings = incident.path("findings").asInt();
        int summarised = incident.path("summarised").asInt();
        String total = findings == 1 ? "1 finding" : findings + " findings";
        return incident.path("id").asText() + ": " + total + (closing() ? ", and closed" : " so far")
                + (summarised == 0 ? "" : ", " + summarised + " of them since the last message");
    }

    String sinceCall() {
        return Span.words(
                Duration.ofMillis(Math.round(json.path("secondsSinceCall").asDouble() * 1000)));
    }

    /** Why this is less than the rule says, so that nobody takes it for the rule's own measure. */
    List<String> softened() {
        String from = "The rule is " + at("/ruleSeverity") + "; this is less: ";
        return Json.values(json, "softened").stream().map(from::concat).toList();
    }

    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        json.path("outcomes").forEach(outcome -> outcomes.add(Outcome.of(outcome)));
        return List.copyOf(outcomes);
    }

    List<NextStep> next() {
        List<NextStep> steps = new ArrayList<>();
        json.path("next").forEach(step -> steps.add(NextStep.of(step)));
        steps.removeIf(step -> step.command().isEmpty());
        return List.copyOf(steps);
    }
}
