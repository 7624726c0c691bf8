package dev.backstop.functions.message;

import dev.backstop.core.Alert;
import dev.backstop.core.Outcome;

/** An alert as plain text: a subject that sorts, and a body for a phone. Nothing in a record can leave its line. */
public final class AlertText {
    private AlertText() {}

    /** {@code [CRITICAL] sess_a8f3b21c opened sg-0123 to the world: reverted, revoked}. */
    public static String subject(Alert alert) {
        return Subject.of(alert);
    }

    /** The body where no deployment has anything to add. */
    public static String body(Alert alert) {
        return body(Message.of(alert, Letterhead.PLAIN));
    }

    /** What is needed at night comes first: what happened, what was done, what is left to do. */
    public static String body(Message message) {
        PlainLines lines = new PlainLines();
        if (message.isTest()) {
            lines.add("THIS IS A TEST: nothing happened, and nothing was done.");
            lines.add("");
        }
        lines.add(message.severity() + ": " + message.at("/headline"));
        lines.add("");
        lines.add(message.at("/why"));
        message.softened().forEach(lines::add);
        lines.add("");
        lines.add("WHAT WAS DONE, " + message.sinceCall() + " after the call (mode " + message.at("/mode") + ")");
        if (message.isTest()) {
            lines.add("Nothing: this is a test.");
        } else if (message.outcomes().isEmpty()) {
            lines.add("Nothing: this rule asks for the alert alone.");
        }
        message.outcomes().forEach(outcome -> outcome(lines, outcome));
        leftOut(lines, message);
        lines.add("");
        lines.add("NEXT");
        for (NextStep step : message.next()) {
            lines.add(step.when());
            lines.add(step.command());
        }
        lines.field("runbook", message.at("/runbook"));
        lines.add("");
        facts(lines, message);
        return lines.text();
    }

    private static void facts(PlainLines lines, Message message) {
        lines.field("session", message.session());
        lines.field("developer", message.owner("developer"));
        lines.field("project", message.owner("project"));
        lines.field("account", message.account());
        lines.field("resource", message.at("/resource/id") + " (" + message.at("/resource/type") + ")");
        if (message.text("/resource/console") != null) {
            lines.field("console", message.at("/resource/console"));
        }
        lines.field("call", message.at("/event/call") + " at " + message.at("/event/time"));
        if (message.incident() != null) {
            lines.field("incident", String.valueOf(message.incident()));
        }
        lines.field("rule", message.at("/rule"));
        lines.field("event", message.at("/event/id"));
    }

    private static void outcome(PlainLines lines, Outcome outcome) {
        lines.add("* " + Words.loud(outcome) + ": " + outcome.step());
        if (outcome.before() != null) {
            lines.add("  before: " + outcome.before());
        }
        if (outcome.after() != null && !outcome.after().equals(outcome.before())) {
            lines.add("  after:  " + outcome.after());
        }
        if (!outcome.verified()) {
            lines.add("  " + outcome.message());
        }
    }

    private static void leftOut(PlainLines lines, Message message) {
        int leftOut = message.json().path("outcomesLeftOut").asInt();
        if (leftOut > 0) {
            lines.add("* and " + leftOut + " more, which did not fit");
        }
    }
}
