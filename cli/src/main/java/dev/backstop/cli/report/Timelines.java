package dev.backstop.cli.report;

import java.util.List;

/** What each session did that was found, the worst first. */
record Timelines(Html html, Backtest backtest) {
    private static final int SHOWN = 40;

    void write() {
        List<SessionCount> sessions = backtest.worstSessions();
        html.open("section", "id", "sessions").element("h2", "By session");
        html.element(
                "p",
                ReportPage.many(sessions.size(), "session") + " with findings"
                        + (sessions.size() > SHOWN ? ", the " + SHOWN + " worst of them here" : "")
                        + ". Each opens to its timeline.",
                "class",
                "soft");
        for (int i = 0; i < Math.min(SHOWN, sessions.size()); i++) {
            session(sessions.get(i), i == 0);
        }
        html.close();
    }

    private void session(SessionCount session, boolean opened) {
        String severity = session.worst.word();
        html.open("details", opened ? new String[] {"open", ""} : new String[0]).open("summary");
        html.element("span", severity, "class", "sev " + severity).text(" ");
        html.element("b", session.session.id());
        html.text(" on " + session.session.roleName() + " · "
                + ReportPage.many(session.findings, "finding") + " · developer "
                + Found.developer(session.session) + ", project "
                + (session.session.project() == null ? "unknown" : session.session.project()) + " ");
        if (session.reverted > 0) {
            html.element("span", session.reverted + " reverted", "class", "tag act")
                    .text(" ");
        }
        if (session.revoked) {
            html.element("span", "stopped", "class", "tag act");
        }
        html.close().open("ol", "class", "line");
        session.entries.forEach(this::entry);
        html.close();
        long rest = session.findings - session.entries.size();
        if (rest > 0) {
            html.element(
                    "p",
                    "And " + ReportPage.many(rest, "more finding") + " until " + ReportPage.time(session.last) + ".",
                    "class",
                    "soft");
        }
        html.close();
    }

    private void entry(Found found) {
        String severity = found.severity().word();
        html.open("li", "class", severity);
        html.element("time", ReportPage.time(found.at()), "datetime", found.at().toString(), "class", "soft");
        html.text(" ").element("span", severity, "class", "sev " + severity);
        html.open("div", "class", "what").element("b", found.title()).empty("br");
        html.element("code", found.call()).text(" on " + found.resource());
        found.by().ifPresent(calls -> html.empty("br").text("seen " + calls));
        found.stopped().ifPresent(at -> html.empty("br")
                .element(
                        "span", "after the session would have been stopped at " + ReportPage.time(at), "class", "tag"));
        html.close();
        html.open("ul", "class", "would");
        if (found.would().isEmpty()) {
            html.element("li", "alert only");
        }
        found.would().forEach(line -> html.element("li", line));
        html.close().close();
    }
}
