package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.message.Blocks.Link;
import dev.backstop.functions.message.TopicMessage.Alarm;
import dev.backstop.functions.message.TopicMessage.GaveUp;
import dev.backstop.functions.message.TopicMessage.Other;
import dev.backstop.functions.message.TopicMessage.Told;
import java.util.ArrayList;
import java.util.List;

/** What comes over the alert topic, as an incoming webhook of Slack takes it. */
public final class SlackMessage {
    private static final int MOST_OUTCOMES = 6;
    private static final int MOST_STEPS = 4;

    private SlackMessage() {}

    public static ObjectNode of(TopicMessage message) {
        return switch (message) {
            case Told(Message told) -> payload(told.subject(), alert(told));
            case Alarm alarm -> payload("[" + alarm.state() + "] " + alarm.name(), alarm(alarm));
            case GaveUp gaveUp -> payload("[CRITICAL] " + function(gaveUp) + " gave up", gaveUp(gaveUp));
            case Other(String subject, String text) ->
                payload(subject, new Blocks().header(heading(subject)).section(text));
        };
    }

    /** The same as text alone, for a webhook that does not take the blocks. */
    public static ObjectNode plain(TopicMessage message) {
        ObjectNode payload = of(message);
        payload.remove("blocks");
        return payload;
    }

    /** The text is what a phone's lock screen shows, and stands for the blocks where none are shown. */
    private static ObjectNode payload(String text, Blocks blocks) {
        ObjectNode json = Json.object();
        json.put("text", SlackText.entities(Plain.first(Plain.ascii(heading(text)), Blocks.MOST_OF_A_HEADER)));
        json.set("blocks", blocks.json());
        json.put("unfurl_links", false);
        return json;
    }

    private static Blocks alert(Message message) {
        Blocks blocks = new Blocks()
                .header(message.severity() + ": " + message.at("/headline"))
                .section(message.at("/why"));
        message.softened().forEach(why -> blocks.paragraph(why, ""));
        blocks.paragraph(
                message.isTest() ? "This is a test: nothing happened." : doneHeading(message),
                message.outcomes().isEmpty() && !message.isTest()
                        ? " Nothing: this rule asks for the alert alone."
                        : "");
        List<Outcome> outcomes = message.outcomes();
        outcomes.stream().limit(MOST_OUTCOMES).forEach(outcome -> outcome(blocks, outcome));
        int more = outcomes.size()
                - MOST_OUTCOMES
                + message.json().path("outcomesLeftOut").asInt();
        if (outcomes.size() > MOST_OUTCOMES) {
            blocks.paragraph("And " + more + " more.", "");
        }
        for (NextStep step : message.next().stream().limit(MOST_STEPS).toList()) {
            blocks.paragraph(step.when(), "").command(step.command());
        }
        blocks.fields(facts(message));
        List<Link> links = new ArrayList<>();
        links.add(new Link("Runbook", message.at("/runbook")));
        if (message.text("/resource/console") != null) {
            links.add(new Link("Console", message.at("/resource/console")));
        }
        return blocks.links(links);
    }

    private static String doneHeading(Message message) {
        return "What was done, " + message.sinceCall() + " after the call (mode " + message.at("/mode") + "):";
    }

    private static void outcome(Blocks blocks, Outcome outcome) {
        StringBuilder text = new StringBuilder(": ").append(outcome.step());
        if (outcome.before() != null) {
            text.append(". Before: ").append(outcome.before());
        }
        if (outcome.after() != null && !outcome.after().equals(outcome.before())) {
            text.append(". After: ").append(outcome.after().isEmpty() ? "nothing" : outcome.after());
        }
        if (!outcome.verified()) {
            text.append(". ").append(outcome.message());
        }
        blocks.paragraph((outcome.contained() ? "✓ " : "✗ ") + Words.loud(outcome), text.toString());
    }

    private static List<String> facts(Message message) {
        List<String> facts = new ArrayList<>(List.of(
                "Session", message.session(),
                "Account", message.account(),
                "Developer", message.owner("developer"),
                "Project", message.owner("project"),
                "Resource", message.at("/resource/id"),
                "Call", message.at("/event/call") + " at " + message.at("/event/time")));
        if (message.incident() != null) {
            facts.addAll(List.of("Incident", String.valueOf(message.incident())));
        }
        facts.addAll(List.of("Rule", message.at("/rule"), "Event", message.at("/event/id")));
        return facts;
    }

    private static Blocks alarm(Alarm alarm) {
        return new Blocks()
                .header(("OK".equals(alarm.state()) ? "Over: " : "Backstop itself: ") + alarm.name())
                .section(alarm.description())
                .section(alarm.reason());
    }

    private static Blocks gaveUp(GaveUp gaveUp) {
        return new Blocks()
                .header("Backstop itself: " + function(gaveUp) + " gave up")
                .section("It was asked something, failed, and was not tried again (" + gaveUp.condition()
                        + "). What it was asked is in the message on the topic, which e-mail and queues get.")
                .section(gaveUp.error());
    }

    private static String function(GaveUp gaveUp) {
        String arn = gaveUp.function();
        int name = arn.indexOf(":function:");
        return name < 0 ? arn : arn.substring(name + ":function:".length());
    }

    private static String heading(String subject) {
        return subject.isBlank() ? "A message on Backstop's alert topic" : subject;
    }
}
