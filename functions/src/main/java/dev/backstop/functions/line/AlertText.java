package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Command;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An alert as plain text: a subject that sorts, and a body for a phone. Nothing in a record can leave its line. */
public final class AlertText {
    /** SNS refuses 100 characters and more; see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>. */
    private static final int SUBJECT = 99;

    private AlertText() {}

    /** {@code [CRITICAL] reverted, revoked: Security group opened to the world, sg-0123 (sess_a8f3b21c)}. */
    public static String subject(Alert alert) {
        Rule rule = alert.rule();
        String text = "[" + upper(alert.severity().word()) + "] " + summary(alert) + ": " + rule.title() + ", "
                + alert.resource().id() + " ("
                + alert.session().id() + ")";
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() > SUBJECT ? ascii.substring(0, SUBJECT - 3) + "..." : ascii;
    }

    /** {@code reverted, revoked}, or what else became of it, in a few words. */
    public static String summary(Alert alert) {
        return alert.outcomes().isEmpty()
                ? "look at it"
                : alert.outcomes().stream().map(AlertText::word).distinct().collect(Collectors.joining(", "));
    }

    public static String body(Alert alert) {
        Rule rule = alert.rule();
        Trigger trigger = alert.trigger();
        AgentSession session = alert.session();
        Resource resource = alert.resource();
        PlainLines lines = new PlainLines();
        lines.add(upper(alert.severity().word()) + ": " + rule.title());
        lines.add(resource.id() + " in " + trigger.account() + ", " + trigger.region());
        lines.add("");
        lines.add(rule.why());
        softened(alert).forEach(lines::add);
        lines.add("");
        lines.field("session", session.id() + " on " + session.roleName());
        lines.field("developer", owner(session, session.developer()));
        lines.field("project", owner(session, session.project()));
        lines.field("call", trigger.call() + " at " + trigger.time());
        lines.add("");
        lines.add("WHAT WAS DONE, " + Span.words(alert.sinceCall()) + " after the call (mode "
                + alert.mode().word() + ")");
        if (alert.outcomes().isEmpty()) {
            lines.add("Nothing: this rule asks for the alert alone.");
        }
        alert.outcomes().forEach(outcome -> outcome(lines, outcome));
        lines.add("");
        lines.add("NEXT");
        next(alert).forEach(lines::add);
        lines.add("");
        if (resource.consoleLink() != null) {
            lines.field("console", resource.consoleLink());
        }
        lines.field("rule", rule.id());
        lines.field("event", trigger.id());
        return lines.text();
    }

    /** Why this is less than the rule says, so that nobody takes it for the rule's own measure. */
    private static List<String> softened(Alert alert) {
        String from = "The rule is " + alert.rule().severity().word() + "; this is less: ";
        return alert.softened().stream().map(why -> from + why).toList();
    }

    private static void outcome(PlainLines lines, Outcome outcome) {
        String verified =
                outcome.status() == Status.APPLIED ? (outcome.verified() ? ", verified" : ", NOT verified") : "";
        lines.add("* " + upper(word(outcome)) + verified + ": " + outcome.step());
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

    /** What a person can do now, most urgent first: what is still open, then what lets the session go on. */
    private static List<String> next(Alert alert) {
        List<String> open = alert.outcomes().stream()
                .filter(outcome -> !outcome.contained() && outcome.command() != null)
                .map(outcome -> String.valueOf(outcome.command()))
                .toList();
        AgentSession session = alert.session();
        List<Outcome> kills = alert.outcomes().stream()
                .filter(outcome -> outcome.action() == Response.REVOKE)
                .toList();
        List<String> lines = new ArrayList<>(open);
        if (kills.isEmpty()) {
            lines.add("If this was not wanted, stop the session:");
            lines.add(invoke("backstop-revoke", session, alert));
        } else if (open.isEmpty()) {
            boolean revoked = kills.stream().anyMatch(Outcome::contained);
            lines.add(
                    revoked
                            ? "If this was wanted, let the session go on:"
                            : "If this was not wanted, stop the session:");
            lines.add(invoke(revoked ? "backstop-restore" : "backstop-revoke", session, alert));
        }
        return lines;
    }

    private static String invoke(String function, AgentSession session, Alert alert) {
        String payload = "{\"session\":\"" + session.id().replaceAll("[^\\w+=,.@:/-]", "") + "\",\"reason\":\"event "
                + alert.trigger().id() + "\",\"operator\":\"YOUR NAME\"}";
        return Command.line(
                "aws",
                "lambda",
                "invoke",
                "--function-name",
                function + ":live",
                "--cli-binary-format",
                "raw-in-base64-out",
                "--payload",
                payload,
                "/dev/stdout");
    }

    private static String word(Outcome outcome) {
        String done = outcome.action() == Response.REVOKE ? "revoked" : "reverted";
        String act = outcome.action() == Response.REVOKE ? "revoke" : "revert";
        return switch (outcome.status()) {
            case APPLIED -> done;
            case ALREADY_DONE -> outcome.action() == Response.REVOKE ? "already revoked" : "already undone";
            case REFUSED -> act + " refused";
            case FAILED -> act + " FAILED";
            case OBSERVED -> "would " + act;
        };
    }

    private static String owner(AgentSession session, @Nullable String value) {
        return value != null ? value : session.ownerKnown() ? "no tag" : "unknown (no STS record seen)";
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
