package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert as <a href="https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html">custom notification</a> of
 * Amazon Q Developer in chat applications: one thread an incident, with what its buttons need.
 */
public final class ChatNotification {
    private static final int MOST_OF_A_VALUE = 300;
    private static final int MOST_OUTCOMES = 5;

    private ChatNotification() {}

    public static ObjectNode of(Message message) {
        ObjectNode json = Json.object();
        json.put("version", "1.0");
        json.put("source", "custom");
        json.put("id", id(message.at("/event/id")));
        ObjectNode content = json.putObject("content");
        content.put("textType", "client-markdown");
        content.put("title", SlackText.entities(message.subject()));
        content.put("description", description(message));
        ArrayNode steps = content.putArray("nextSteps");
        message.next().stream()
                // Half a command is worse than none, and the buttons do what is asked for most.
                .filter(step -> step.command().length() <= MOST_OF_A_VALUE)
                .map(step -> value(step.when()) + " " + value(step.command()))
                .forEach(steps::add);
        steps.add("Runbook: " + SlackText.link(message.at("/runbook"), "what to do"));
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("threadId", id(message.at("/incident/id")));
        metadata.put("summary", SlackText.entities(message.subject()));
        metadata.put("eventType", Message.DETAIL_TYPE);
        metadata.putArray("relatedResources").add(Plain.ascii(message.at("/resource/id")));
        metadata.putObject("additionalContext")
                .put("session", id(message.at("/session/id")))
                .put("incident", id(message.at("/incident/id")))
                .put("event", id(message.at("/event/id")))
                .put("rule", message.at("/rule"));
        return json;
    }

    private static String description(Message message) {
        List<String> lines = new ArrayList<>();
        lines.add(value(message.at("/headline")));
        lines.add(value(message.at("/why")));
        message.softened().forEach(why -> lines.add(value(why)));
        List<Outcome> outcomes = message.outcomes();
        for (Outcome outcome : outcomes.stream().limit(MOST_OUTCOMES).toList()) {
            lines.add("• *" + Words.loud(outcome) + "*: " + value(outcome.step())
                    + (outcome.contained() ? "" : " " + value(outcome.message())));
        }
        if (outcomes.size() > MOST_OUTCOMES) {
            lines.add("• and " + (outcomes.size() - MOST_OUTCOMES) + " more");
        }
        lines.add("Session " + value(message.session()) + ", developer " + value(message.owner("developer"))
                + ", project " + value(message.owner("project")) + ", account " + value(message.account()));
        return String.join("\n", lines);
    }

    private static String value(String text) {
        return SlackText.code(text, MOST_OF_A_VALUE);
    }

    /** What a button puts into a command: of an id, only what a command takes for one word. */
    private static String id(String value) {
        return value.replaceAll("[^\\w+=,.@:/-]", "");
    }
}
