package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Paper.Ink;
import dev.backstop.core.Alert;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows a finding: the call, the rule, what was done, the resource as it was read, and the alert. */
final class Findings {
    private final Paper paper;
    private final Headline headline;
    private final String world;
    private final boolean full;
    private boolean bodyShown;

    Findings(Paper paper, Headline headline, String world, boolean full) {
        this.paper = paper;
        this.headline = headline;
        this.world = world;
        this.full = full;
    }

    void show(Scene scene, Answer answer, List<Alert> alerts) {
        Rule rule = answer.finding().rule();
        Resource resource = answer.finding().resource();
        State before = scene.before().part(resource);
        State after = scene.after().part(resource);
        State now = scene.now().part(resource);
        paper.blank();
        paper.entry(Headline.time(scene), Ink.BOLD, headline.of(scene), Ink.BOLD);
        Severity weight = answer.finding().severity();
        String severity = weight.word().toUpperCase(Locale.ROOT);
        row("rule", severity + "  " + rule.id() + ": " + rule.title(), ink(weight));
        row("before", before.words(), Ink.PLAIN);
        row("after", Differences.words(before, after), Ink.YELLOW);
        answer.outcomes().stream()
                .filter(outcome -> outcome.action() != Response.ALERT)
                .forEach(outcome -> row("done", outcome(outcome, scene.took()), ink(outcome)));
        if (answer.finding().responses().size() == 1) {
            row("done", "nothing to the resource: this rule asks for the alert alone", Ink.PLAIN);
        }
        row("now", Differences.since(before, after, now) + "   (read back from " + world + ")", Ink.GREEN);
        alerts.stream()
                .filter(alert -> alert.key().equals(answer.finding().key()))
                .forEach(this::alert);
        paper.blank();
    }

    private void alert(Alert alert) {
        row("alert", AlertText.subject(alert), Ink.BOLD);
        boolean critical = alert.severity() == Severity.CRITICAL;
        if (full || critical || !bodyShown) {
            AlertText.body(alert).lines().forEach(line -> paper.quote("            | ", line));
        }
        bodyShown = true;
    }

    private void row(String name, String text, Ink ink) {
        paper.entry(String.format(Locale.ROOT, "  %-10s", name), Ink.DIM, text, ink);
    }

    private static String outcome(Outcome outcome, Duration took) {
        boolean applied = outcome.status() == Status.APPLIED;
        String verified = applied && outcome.verified() ? ", verified" : "";
        String message = applied && outcome.verified() ? "" : " (" + outcome.message() + ")";
        String seconds = String.format(Locale.ROOT, "%.3f s", took.toNanos() / 1e9);
        return outcome.action().word() + " " + outcome.status().word() + verified + ", " + seconds + ": "
                + outcome.step() + message;
    }

    private static Ink ink(Outcome outcome) {
        return outcome.contained() ? Ink.GREEN : Ink.BOLD_RED;
    }

    private static Ink ink(Severity severity) {
        return severity == Severity.CRITICAL ? Ink.BOLD_RED : Ink.BOLD_YELLOW;
    }
}
