package dev.backstop.cli;

import dev.backstop.cli.input.Tally;
import dev.backstop.cli.report.Heard;
import dev.backstop.cli.report.Seen;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Severity;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** Findings for people: some lines each, and a summary by rule and by session. */
final class FindingText implements FindingReport {
    private static final int INDENT = 10;

    private final Page page;
    private final boolean summaryOnly;
    private final Map<Found, Long> byRule = new HashMap<>();
    private final Map<String, Long> bySession = new TreeMap<>();
    private long findings;
    private long afterStop;

    /** @param summaryOnly where each finding is told elsewhere */
    FindingText(CommandLine command, boolean summaryOnly) {
        this.page = new Page(command);
        this.summaryOnly = summaryOnly;
    }

    /** What findings are counted by. */
    private record Found(Severity severity, String rule) {}

    @Override
    public void add(Seen seen) {
        String session = who(seen.session());
        findings++;
        afterStop += seen.stopped().isPresent() ? 1 : 0;
        byRule.merge(new Found(seen.severity(), seen.rule().id()), 1L, Long::sum);
        bySession.merge(session, 1L, Long::sum);
        if (!summaryOnly) {
            show(seen, session);
        }
    }

    private void show(Seen seen, String session) {
        Resource resource = seen.resource();
        page.severity(seen.severity(), seen.rule().title());
        page.field(INDENT, "call      ", seen.trigger().call() + " at " + seen.at());
        seen.by().ifPresent(calls -> page.field(INDENT, "seen      ", calls));
        page.field(INDENT, "resource  ", resource.id() + " in " + resource.account() + ", " + resource.region());
        page.field(INDENT, "session   ", session);
        seen.softened()
                .forEach(why ->
                        page.field(INDENT, "less than ", seen.rule().severity().word() + ": " + why));
        seen.stopped()
                .ifPresent(
                        at -> page.field(INDENT, "but       ", "after the session would have been stopped at " + at));
        if (seen.stopped().isEmpty()) {
            would(seen).forEach(what -> page.field(INDENT, "would     ", what));
        }
        page.field(
                INDENT,
                "event     ",
                seen.trigger().id() + ", rule " + seen.rule().id());
        page.blank();
    }

    @Override
    public void end(Tally tally, Heard heard) {
        if (findings > 0) {
            page.heading("By rule");
            byRule.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<Found, Long> entry) ->
                                    entry.getKey().severity())
                            .thenComparing(Map.Entry::getValue)
                            .reversed()
                            .thenComparing(entry -> entry.getKey().rule()))
                    .forEach(entry -> page.field(
                            2,
                            count(entry.getValue()),
                            entry.getKey().severity().word() + "  "
                                    + entry.getKey().rule()));
            page.heading("By session");
            bySession.forEach((session, count) -> page.field(2, count(count), session));
            page.heading("What people would have heard, in mode enforce and had every plan worked");
            page.field(2, "", heard.words());
            page.blank();
        }
        if (afterStop > 0) {
            page.field(
                    0,
                    "",
                    Page.many(afterStop, "finding") + " after the session would have been stopped: those calls would"
                            + " have been refused");
        }
        page.heading((findings == 0 ? "No findings" : findings == 1 ? "1 finding" : findings + " findings")
                + " in " + Page.many(tally.records(), "record") + " of " + Page.many(tally.files(), "file")
                + (tally.outside() == 0 ? "" : "; " + Page.many(tally.outside(), "record") + " of another time")
                + (tally.malformed() == 0 ? "" : "; " + Page.many(tally.malformed(), "record") + " could not be used"));
    }

    private static List<String> would(Seen seen) {
        List<String> words = new ArrayList<>();
        words.add(seen.severity() == Severity.INFO ? "be recorded, nobody told unless routes say so" : "alert");
        seen.revert().ifPresent(plan -> words.addAll(steps("not revert: ", plan)));
        seen.kill().ifPresent(plan -> words.addAll(steps("not revoke: ", plan)));
        return words;
    }

    private static List<String> steps(String not, Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of(not + why);
            case Plan.Steps(List<Step<?>> steps) ->
                steps.stream()
                        .map(step -> (step.byHand() ? "leave to a person: " : "") + step.summary())
                        .toList();
        };
    }

    private static String who(AgentSession session) {
        String owner = !session.ownerKnown()
                ? "owner unknown: no STS record of it was read"
                : "developer " + orNoTag(session.developer()) + ", project " + orNoTag(session.project());
        return session.id() + " on " + session.roleName() + " (" + owner + ")";
    }

    private static String orNoTag(@org.jspecify.annotations.Nullable String tag) {
        return tag == null ? "not tagged" : tag;
    }

    private static String count(long count) {
        return String.format(java.util.Locale.ROOT, "%6d  ", count);
    }
}
