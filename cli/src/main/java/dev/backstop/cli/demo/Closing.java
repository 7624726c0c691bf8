package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Check.Result;
import dev.backstop.cli.demo.Check.Topic;
import dev.backstop.cli.demo.Paper.Ink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows the verdict. */
final class Closing {
    private final Paper paper;

    Closing(Paper paper) {
        this.paper = paper;
    }

    void show(Day day, List<Check> checks, Duration took) {
        paper.blank();
        paper.line("VERDICT, read back from " + day.world().title() + " and from what went out", Ink.BOLD);
        for (Topic topic : Topic.values()) {
            List<Check> some =
                    checks.stream().filter(check -> check.topic() == topic).toList();
            if (!some.isEmpty()) {
                paper.blank();
                paper.line("  " + topic.heading(), Ink.PLAIN);
            }
            some.forEach(this::check);
        }
        paper.blank();
        List<Check> failed =
                checks.stream().filter(check -> check.result() == Result.FAILS).toList();
        long holding =
                checks.stream().filter(check -> check.result() == Result.HOLDS).count();
        String summary = String.format(
                Locale.ROOT,
                "%d calls, %d findings, %d alerts; %d of %d checks hold%s; played in %.1f s",
                day.scenes().size(),
                day.answers().size(),
                day.outbox().alerts().size(),
                holding,
                holding + failed.size(),
                checks.size() > holding + failed.size()
                        ? ", " + (checks.size() - holding - failed.size()) + " not checkable here"
                        : "",
                took.toMillis() / 1000.0);
        checks.stream()
                .filter(check -> check.result() == Result.NOT_CHECKABLE)
                .map(Check::found)
                .distinct()
                .forEach(why -> paper.line("Not checkable here: " + why + ".", Ink.DIM));
        paper.line(summary, failed.isEmpty() ? Ink.GREEN : Ink.BOLD_RED);
        failed.forEach(check -> paper.line("failed: " + check.says(), Ink.BOLD_RED));
    }

    private void check(Check check) {
        switch (check.result()) {
            case HOLDS -> paper.entry("    ok    ", Ink.GREEN, check.says(), Ink.PLAIN);
            case FAILS -> paper.entry("    FAIL  ", Ink.BOLD_RED, check.says() + ": " + check.found(), Ink.BOLD_RED);
            case NOT_CHECKABLE -> paper.entry("    --    ", Ink.DIM, "not checkable here: " + check.says(), Ink.DIM);
        }
    }
}
