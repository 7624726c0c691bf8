package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Caller.Kind;
import dev.backstop.cli.demo.Paper.Ink;
import dev.backstop.core.Alert;
import dev.backstop.core.Outcome;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.functions.line.AlertText;
import dev.backstop.functions.line.Answer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the day while it is played: what matters call by call, the rest in one line a stretch. */
final class Screen {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Paper paper;
    private final Seed seed;
    private final String world;
    private final boolean full;
    private final List<Scene> stretch = new ArrayList<>();
    private boolean bodyShown;
    private @Nullable Caller killed;

    /** @param full whether every alert is shown in full, not only the first and the critical ones */
    Screen(Paper paper, Seed seed, String world, boolean full) {
        this.paper = paper;
        this.seed = seed;
        this.world = world;
        this.full = full;
    }

    void show(Scene scene, List<Alert> alerts) {
        if (!scene.notable() && killed == null) {
            stretch.add(scene);
            return;
        }
        endStretch();
        if (scene.answers().isEmpty() && killed != null) {
            afterKill(scene, killed);
        }
        scene.lookAlikes().forEach(rule -> lookAlike(scene, rule));
        scene.answers().forEach(answer -> finding(scene, answer, alerts));
        killed = killed == null && scene.killed() ? scene.caller() : killed;
    }

    private String callers() {
        Map<String, Integer> calls = new LinkedHashMap<>();
        stretch.forEach(scene -> calls.merge(scene.caller().name(), 1, Integer::sum));
        return calls.entrySet().stream()
                .map(caller -> caller.getKey() + " " + caller.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Once a session is stopped, every call shows who is and who is not. */
    private void afterKill(Scene scene, Caller stopped) {
        String who = scene.caller().equals(stopped)
                ? "the session is revoked"
                : scene.caller().kind() == Kind.AGENT
                        ? "another session on the same role"
                        : "a " + scene.caller().kind().word();
        switch (scene.access()) {
            case REFUSED -> moment(scene, "REFUSED by IAM: " + who, Ink.BOLD_RED);
            case ALLOWED -> moment(scene, "allowed: " + who, Ink.GREEN);
            case NOT_CHECKABLE -> moment(scene, "not checkable here: " + who, Ink.DIM);
        }
    }

    private void moment(Scene scene, String said, Ink ink) {
        paper.entry(time(scene) + "  ", Ink.PLAIN, call(scene) + ": " + said, ink);
    }

    /** Ends the day. */
    void endStretch() {
        if (stretch.isEmpty()) {
            return;
        }
        Scene first = stretch.getFirst();
        String error = first.record().errorCode();
        String what = stretch.size() > 1
                ? stretch.size() + " calls of ordinary work, not touched: " + callers()
                : call(first) + (error == null ? ": ordinary work" : ": " + error + ", changed nothing")
                        + ", not touched";
        paper.entry(time(first) + "  ", Ink.DIM, what, Ink.DIM);
        stretch.clear();
    }

    private void lookAlike(Scene scene, Rule rule) {
        String kind = scene.caller().kind().word();
        moment(scene, "a " + kind + ", so " + rule.id() + " does not match; not touched", Ink.CYAN);
    }

    private void finding(Scene scene, Answer answer, List<Alert> alerts) {
        Rule rule = answer.finding().rule();
        State before = scene.before().part(answer.finding().resource());
        State after = scene.after().part(answer.finding().resource());
        State now = scene.now().part(answer.finding().resource());
        paper.blank();
        paper.entry(time(scene) + "  ", Ink.BOLD, call(scene), Ink.BOLD);
        row(
                "rule",
                rule.severity().word().toUpperCase(Locale.ROOT) + "  " + rule.id() + ": " + rule.title(),
                ink(rule));
        row("before", before.words(), Ink.PLAIN);
        row("after", Differences.words(before, after), Ink.YELLOW);
        answer.outcomes().stream()
                .filter(outcome -> outcome.action() != Response.ALERT)
                .forEach(outcome -> row("done", outcome(outcome, scene.took()), ink(outcome)));
        if (rule.responses().size() == 1) {
            row("done", "nothing to the resource: this rule asks for the alert alone", Ink.PLAIN);
        }
        row("now", Differences.since(before, after, now) + "   (read back from " + world + ")", Ink.GREEN);
        alerts.forEach(this::alert);
        paper.blank();
    }

    private void alert(Alert alert) {
        row("alert", AlertText.subject(alert), Ink.BOLD);
        boolean critical = alert.finding().rule().severity() == Severity.CRITICAL;
        if (full || critical || !bodyShown) {
            AlertText.body(alert).lines().forEach(line -> paper.quote("            | ", line));
        }
        bodyShown = true;
    }

    private void row(String name, String text, Ink ink) {
        paper.entry(String.format(Locale.ROOT, "  %-10s", name), Ink.DIM, text, ink);
    }

    private String call(Scene scene) {
        String target = scene.answers().stream()
                .map(answer -> answer.finding().resource().id())
                .findFirst()
                .or(() -> scene.lookAlikes().stream()
                        .map(rule -> rule.resource(scene.record()).id())
                        .findFirst())
                .map(id -> " on " + id + (seed.name(id).equals(id) ? "" : " (" + seed.name(id) + ")"))
                .orElse("");
        return scene.caller().name() + ": " + scene.record().call() + target;
    }

    private static String outcome(Outcome outcome, Duration took) {
        String verified = outcome.status() == Outcome.Status.APPLIED
                ? outcome.verified() ? ", verified" : ", NOT verified: " + outcome.message()
                : ": " + outcome.message();
        return outcome.action().word() + " " + outcome.status().word() + verified + ", "
                + String.format(Locale.ROOT, "%.3f s", took.toNanos() / 1e9) + ": " + outcome.step();
    }

    private static Ink ink(Outcome outcome) {
        return outcome.contained() ? Ink.GREEN : Ink.BOLD_RED;
    }

    private static Ink ink(Rule rule) {
        return rule.severity() == Severity.CRITICAL ? Ink.BOLD_RED : Ink.BOLD_YELLOW;
    }

    private static String time(Scene scene) {
        return TIME.format(scene.record().eventTime());
    }
}
