package dev.backstop.cli.report;

import dev.backstop.cli.input.Tally;
import dev.backstop.core.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page as a whole: it loads nothing, runs nothing, and is as large as a page may be whatever was found. Its policy
 * forbids the browser what it does not need.
 */
public final class ReportPage {
    /** What every page begins with. */
    public static final String START = "<!doctype html>\n";

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final Backtest backtest;
    private final Tally tally;
    private final Heard heard;
    private final int rulesInForce;
    private final Html html = new Html();

    private ReportPage(Backtest backtest, Tally tally, Heard heard, int rulesInForce) {
        this.backtest = backtest;
        this.tally = tally;
        this.heard = heard;
        this.rulesInForce = rulesInForce;
    }

    /**
     * Writes the page.
     *
     * @param heard what people would have heard
     * @param rulesInForce how many rules the records were held to
     * @param written when
     */
    public static String of(Backtest backtest, Tally tally, Heard heard, int rulesInForce, Instant written) {
        return new ReportPage(backtest, tally, heard, rulesInForce).write(written);
    }

    private String write(Instant written) {
        html.raw(START);
        html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width,initial-scale=1");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.element("title", "What Backstop would have done");
        html.open("style").raw(style()).close().close();
        html.open("body").element("a", "Skip to the findings", "class", "skip", "href", "#main");
        header();
        html.open("main", "class", "wrap", "id", "main");
        cards();
        if (backtest.findings == 0) {
            nothing();
        } else {
            new Overview(html, backtest).write();
            new Doings(html, backtest).write();
            new Timelines(html, backtest).write();
        }
        html.close();
        footer(written);
        return html.close().close().toString();
    }

    private void header() {
        html.open("header", "class", "wrap").element("h1", "What Backstop would have done");
        StringBuilder words = new StringBuilder(many(tally.records(), "record"))
                .append(" of ")
                .append(many(tally.files(), "file"))
                .append(", held to ")
                .append(many(rulesInForce, "rule"));
        if (backtest.first != null) {
            words.append("; findings from ")
                    .append(time(backtest.first))
                    .append(" to ")
                    .append(time(backtest.last));
        }
        html.element("p", words.append(". Nothing was called or changed.").toString(), "class", "soft");
        if (backtest.findings > 0) {
            html.open("nav", "aria-label", "Sections").open("ul");
            for (String[] section : new String[][] {
                {"when", "When"},
                {"rules", "Rules"},
                {"developers", "Developers"},
                {"answers", "Answers"},
                {"noise", "Noise"},
                {"sessions", "Sessions"}
            }) {
                html.open("li")
                        .element("a", section[1], "href", "#" + section[0])
                        .close();
            }
            html.close().close();
        }
        html.close();
    }

    private void cards() {
        long grave = backtest.days.values().stream()
                .mapToLong(day -> day.getOrDefault(Severity.CRITICAL, 0L) + day.getOrDefault(Severity.HIGH, 0L))
                .sum();
        html.open("ul", "class", "cards");
        card(backtest.findings, backtest.findings == 1 ? "finding" : "findings");
        card(grave, "of them critical or high");
        card(
                backtest.reverted,
                backtest.reverted == 1 ? "change would have been reverted" : "changes would have been reverted");
        card(
                backtest.revokedSessions(),
                backtest.revokedSessions() == 1
                        ? "session would have been stopped"
                        : "sessions would have been stopped");
        html.close();
        html.element(
                "p",
                "People would have heard, in mode enforce and had every plan worked: " + heard.words() + "."
                        + (backtest.afterStop == 0
                                ? ""
                                : " " + many(backtest.afterStop, "finding")
                                        + " came after the session would have been stopped: those calls would have been"
                                        + " refused."));
    }

    private void card(long number, String what) {
        html.open("li")
                .element("strong", String.format(Locale.ROOT, "%,d", number))
                .element("span", what)
                .close();
    }

    private void nothing() {
        html.open("section").element("h2", "No findings");
        html.element(
                "p",
                "No rule matched a call of an agent. If agents did work in this time, see whether the configuration selects"
                        + " them: agentRoles and agentSourceIdentities in cdk.json.");
        html.close();
    }

    private void footer(Instant written) {
        List<String> cut = new ArrayList<>();
        if (tally.malformed() > 0) {
            cut.add(many(tally.malformed(), "record") + " could not be used.");
        }
        if (tally.outside() > 0) {
            cut.add(many(tally.outside(), "record") + " of another time left out.");
        }
        if (backtest.inOtherSessions > 0) {
            cut.add(many(backtest.inOtherSessions, "finding") + " in sessions after the first " + Backtest.SESSIONS
                    + " counted, but in no timeline; sessions that would have been stopped are counted among those.");
        }
        if (backtest.onOtherDays > 0) {
            cut.add(many(backtest.onOtherDays, "finding") + " on too many different days left out of the chart.");
        }
        html.open("footer", "class", "wrap");
        cut.forEach(line -> html.element("p", line));
        html.element("p", "Times are UTC. Written by backstop replay at " + time(written) + ".");
        html.close();
    }

    static String many(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    static String time(@Nullable Instant at) {
        return at == null ? "" : at.toString().replace('T', ' ').replaceFirst("(:\\d{2}:\\d{2})(\\.\\d+)?Z$", "$1");
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("page.css")) {
            if (css == null) {
                throw new IllegalStateException("page.css is not beside this class");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
