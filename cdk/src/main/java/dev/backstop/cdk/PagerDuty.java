package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Urgency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.services.events.CfnRule.InputTransformerProperty;
import software.constructs.Construct;

/**
 * PagerDuty's <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">Events API v2</a>: an incident of Backstop
 * triggers one there, under the same key, and its last message resolves it.
 */
public final class PagerDuty extends Construct {
    static final String ADDRESS = "https://events.pagerduty.com/v2/enqueue";

    /** EventBridge puts values into a template as they are: these are ours, or made of characters that end no string. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("account", "$.detail.event.account"),
            Map.entry("region", "$.detail.event.region"),
            Map.entry("time", "$.detail.at"),
            Map.entry("subject", "$.detail.subject"),
            Map.entry("level", "$.detail.level"),
            Map.entry("rule", "$.detail.rule"),
            Map.entry("incident", "$.detail.incident.id"),
            Map.entry("runbook", "$.detail.runbook"),
            Map.entry("detail", "$.detail"));

    /**
     * @param secret the name or ARN of the secret that holds the integration key
     * @param heard which alerts trigger an incident
     * @param linked whether the runbook is an address that PagerDuty can link to
     */
    public PagerDuty(
            Construct scope, String id, String secret, Set<Urgency> heard, boolean linked, GuardQueue undelivered) {
        super(scope, id);
        Destination destination = new Destination(
                this, "Destination", "pagerduty", ADDRESS, "X-Routing-Key", secret, "routing_key", undelivered);
        destination.post(
                "Trigger",
                "",
                Map.of("urgency", HttpsEndpoint.words(heard), "incident", Map.of("closing", List.of(false))),
                transformer(trigger(linked)));
        destination.post(
                "Resolve", "-resolve", Map.of("incident", Map.of("closing", List.of(true))), transformer(resolve()));
    }

    private static InputTransformerProperty transformer(String template) {
        Map<String, String> used = new TreeMap<>(VALUES);
        used.keySet().removeIf(name -> !template.contains("<" + name + ">"));
        return InputTransformerProperty.builder()
                .inputPathsMap(used)
                .inputTemplate(template)
                .build();
    }

    static String trigger(boolean linked) {
        ObjectNode body = Json.object();
        body.put("event_action", "trigger");
        body.put("dedup_key", "<incident>");
        body.put("client", "Backstop");
        if (linked) {
            body.put("client_url", "<runbook>");
            body.putArray("links").addObject().put("href", "<runbook>").put("text", "Runbook");
        }
        ObjectNode payload = body.putObject("payload");
        payload.put("summary", "<subject>");
        payload.put("timestamp", "<time>");
        payload.put("severity", "<level>");
        payload.put("source", "AWS account <account>, <region>");
        payload.put("class", "<rule>");
        payload.put("custom_details", "<detail>");
        // The whole document, and no string of it.
        return Json.write(body).replace("\"<detail>\"", "<detail>");
    }

    static String resolve() {
        return Json.write(Json.object().put("event_action", "resolve").put("dedup_key", "<incident>"));
    }
}
