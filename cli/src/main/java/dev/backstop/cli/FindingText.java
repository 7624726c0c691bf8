package dev.backstop.cli;

import dev.backstop.cli.input.Tally;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Severity;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;

/** Findings for people: some lines each, and a summary by rule and by session. */
final class FindingText implements FindingReport {
    private static final int INDENT = 10;

    private final Page page;
    private final boolean summaryOnly;
    private final Map<String, Long> byRule = new TreeMap<>();
    private final Map<String, Long> bySession = new TreeMap<>();
    private long findings;

    /** @param summaryOnly where each finding is told elsewhere */
    FindingText(CommandLine command, boolean summaryOnly) {
        this.page = new Page(command);
        this.summaryOnly = summaryOnly;
    }

    @Override
    public void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        String session = who(finding.session());
        findings++;
        byRule.merge(finding.severity().word() + "  " + finding.rule().id(), 1L, Long::sum);
        bySession.merge(session, 1L, Long::sum);
        if (!summaryOnly) {
            show(finding, session, revert, kill);
        }
    }

    private void show(Finding finding, String session, Optional<Plan> revert, Optional<Plan> kill) {
        Resource resource = finding.resource();
        page.severity(finding.severity(), finding.rule().title());
        page.field(
                INDENT,
                "call      ",
                finding.record().call() + " at " + finding.record().eventTime());
        page.field(INDENT, "resource  ", resource.id() + " in " + resource.account() + ", " + resource.region());
        page.field(INDENT, "session   ", session);
        finding.softened()
                .forEach(why -> page.field(
                        INDENT, "less than ", finding.rule().severity().word() + ": " + why));
        would(finding, revert, kill).forEach(what -> page.field(INDENT, "would     ", what));
        page.field(
                INDENT,
                "event     ",
                finding.record().eventId() + ", rule " + finding.rule().id());
        page.blank();
    }

    @Override
    public void end(Tally tally) {
        if (findings > 0) {
            page.heading("By rule");
            byRule.forEach((rule, count) -> page.field(2, count(count), rule));
            page.heading("By session");
            bySession.forEach((session, count) -> page.field(2, count(count), session));
            page.blank();
        }
        page.heading((findings == 0 ? "No findings" : findings == 1 ? "1 finding" : findings + " findings")
                + " in " + Page.many(tally.records(), "record") + " of " + Page.many(tally.files(), "file")
                + (tally.outside() == 0 ? "" : "; " + Page.many(tally.outside(), "record") + " of another time")
                + (tally.malformed() == 0 ? "" : "; " + Page.many(tally.malformed(), "record") + " could not be used"));
    }

    private static List<String> would(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        List<String> words = new ArrayList<>();
        words.add(finding.severity() == Severity.INFO ? "be recorded, nobody told unless routes say so" : "alert");
        revert.ifPresent(plan -> words.addAll(steps("not revert: ", plan)));
        kill.ifPresent(plan -> words.addAll(steps("not revoke: ", plan)));
        return words;
    }

    private static List<String> steps(String not, Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of(not + why);
            case Plan.Steps(List<Step<?>> steps) ->
                steps.stream().map(Step::summary).toList();
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
