package dev.backstop.cli.report;

import java.util.List;

/** What would have been done, what not and why, and what a person may want to quieten first. */
record Doings(Html html, Backtest backtest) {
    private static final int REASONS = 12;
    private static final int STOPPED = 40;
    private static final int NOISY = 10;

    void write() {
        answers();
        noise();
    }

    private void answers() {
        html.open("section", "id", "answers").element("h2", "What would have been done");
        html.element(
                "p",
                "Decided from the records alone, as the deployed functions would have in mode enforce. They read the live"
                        + " state first, and ask AWS Config for the state before, which a replay does not.",
                "class",
                "soft");
        counts("Changes reverted, by the call that would have undone them", backtest.undoing, true);
        counts("Not reverted, and why", backtest.refusals, false);
        List<SessionCount> stopped = backtest.worstSessions().stream()
                .filter(session -> session.revoked)
                .toList();
        html.element("h3", "Sessions stopped");
        if (stopped.isEmpty()) {
            html.element("p", "None.", "class", "soft");
        } else {
            html.open("ul");
            stopped.stream().limit(STOPPED).forEach(session -> html.open("li", "class", "what")
                    .element("b", session.session.id())
                    .text(" on " + session.session.roleName() + ", developer " + Found.developer(session.session))
                    .close());
            html.close();
            rest(stopped.size() - STOPPED, "more session");
        }
        html.close();
    }

    private void counts(String heading, Counts counts, boolean code) {
        List<Counts.Count> most = counts.most();
        html.element("h3", heading);
        if (most.isEmpty()) {
            html.element("p", "None.", "class", "soft");
            return;
        }
        html.open("ul");
        for (Counts.Count count : most.stream().limit(REASONS).toList()) {
            html.open("li", "class", "what");
            html.element(code ? "code" : "span", count.name())
                    .text(" × " + count.count())
                    .close();
        }
        html.close();
        rest(most.stream().skip(REASONS).mapToLong(Counts.Count::count).sum() + counts.others(), "other");
    }

    private void rest(long count, String what) {
        if (count > 0) {
            html.element("p", "And " + ReportPage.many(count, what) + ".", "class", "soft");
        }
    }

    private void noise() {
        html.open("section", "id", "noise").element("h2", "The noisiest rules");
        html.element(
                "p",
                "Look at their findings first. Where they are honest work, an exemption quietens them for as long as you say:"
                        + " it expires, carries a reason, and what is exempt is still written down; what is critical is told all the"
                        + " same. Replace the reason.",
                "class",
                "soft");
        html.open("ol");
        for (RuleCount rule : backtest.noisiest().stream().limit(NOISY).toList()) {
            Exemption exemption = Exemption.of(rule);
            html.open("li").element("b", rule.rule.id());
            html.text(": " + ReportPage.many(rule.findings, "finding") + ", "
                    + Math.round(100.0 * rule.findings / backtest.findings) + " % of all; ");
            html.element("span", exemption.why(), "class", "what");
            exemption.command().ifPresent(command -> html.element("pre", command, "tabindex", "0"));
            html.close();
        }
        html.close().close();
    }
}
