package dev.backstop.cli.report;

import dev.backstop.core.Severity;
import java.util.List;
import java.util.Locale;

/** When, by which rules and of whom. */
record Overview(Html html, Backtest backtest) {
    private static final int RULES = 15;
    private static final int DEVELOPERS = 25;

    void write() {
        when();
        rules();
        developers();
    }

    private void when() {
        DayChart chart = DayChart.of(backtest.days);
        html.open("section", "id", "when").element("h2", "When");
        html.open("div", "class", "scroll chart", "tabindex", "0", "role", "region", "aria-label", "Chart of findings");
        chart.draw(html);
        html.close();
        html.open("ul", "class", "key", "aria-hidden", "true");
        DayChart.worstFirst().forEach(severity -> html.open("li")
                .element("i", "", "class", severity.word())
                .text(severity.word())
                .close());
        html.close();
        html.open("details", "class", "plain").element("summary", "The numbers, a " + chart.unit() + " each");
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Findings in numbers");
        html.open("table").open("thead").open("tr");
        html.element("th", chart.unit().equals("day") ? "day" : chart.unit() + " from", "scope", "col");
        DayChart.worstFirst().forEach(severity -> html.element("th", severity.word(), "scope", "col", "class", "n"));
        html.close().close().open("tbody");
        chart.bars().forEach((day, counts) -> {
            html.open("tr").element("th", day.toString(), "scope", "row");
            for (Severity severity : DayChart.worstFirst()) {
                html.element("td", number(counts.getOrDefault(severity, 0L)), "class", "n");
            }
            html.close();
        });
        html.close().close().close().close().close();
    }

    private void rules() {
        List<RuleCount> rules = backtest.noisiest();
        html.open("section", "id", "rules").element("h2", "By rule");
        rules(rules.stream().limit(RULES).toList(), rules.getFirst().findings, "Findings by rule");
        List<RuleCount> rest = rules.stream().skip(RULES).toList();
        if (!rest.isEmpty()) {
            html.open("details").element("summary", ReportPage.many(rest.size(), "more rule"));
            rules(rest, rules.getFirst().findings, "Findings by the other rules");
            html.close();
        }
        html.close();
    }

    private void rules(List<RuleCount> rules, long most, String what) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", what);
        html.open("table", "class", "stack");
        head(List.of("rule", "severity", "findings", "", "sessions", "would have, besides the alert"));
        html.open("tbody");
        for (RuleCount rule : rules) {
            String severity = rule.rule.severity().word();
            html.open("tr").open("th", "scope", "row").text(rule.rule.title());
            html.empty("br").element("span", rule.rule.id(), "class", "soft").close();
            html.open("td")
                    .element("span", severity, "class", "sev " + severity)
                    .close();
            html.element("td", number(rule.findings), "class", "n", "data-l", "findings");
            html.open("td", "class", "bar", "aria-hidden", "true");
            html.element(
                    "i",
                    "",
                    "class",
                    severity,
                    "style",
                    String.format(Locale.ROOT, "width:%.1f%%", Math.max(1, 100.0 * rule.findings / most)));
            html.close();
            html.element("td", number(rule.sessions.size()) + more(rule.sessions), "class", "n", "data-l", "sessions");
            html.element("td", would(rule), "data-l", "would have");
            html.close();
        }
        html.close().close().close();
    }

    private void developers() {
        List<Counts.Count> developers = backtest.developers.most();
        long most = developers.getFirst().count();
        html.open("section", "id", "developers").element("h2", "By developer");
        html.element(
                "p",
                "Whose agents they were, by the session tag developer; unknown where no STS record of the session was read.",
                "class",
                "soft");
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Findings by developer");
        html.open("table");
        head(List.of("developer", "findings", ""));
        html.open("tbody");
        for (Counts.Count developer : developers.stream().limit(DEVELOPERS).toList()) {
            html.open("tr").element("th", developer.name(), "scope", "row", "class", "what");
            html.element("td", number(developer.count()), "class", "n");
            html.open("td", "class", "bar", "aria-hidden", "true");
            html.element(
                    "i",
                    "",
                    "style",
                    String.format(Locale.ROOT, "width:%.1f%%", Math.max(1, 100.0 * developer.count() / most)));
            html.close().close();
        }
        html.close().close().close();
        long others = developers.stream()
                        .skip(DEVELOPERS)
                        .mapToLong(Counts.Count::count)
                        .sum()
                + backtest.developers.others();
        if (others > 0) {
            html.element("p", ReportPage.many(others, "finding") + " of other developers.", "class", "soft");
        }
        html.close();
    }

    private void head(List<String> names) {
        html.open("thead").open("tr");
        for (String name : names) {
            switch (name) {
                case "" ->
                    html.open("th", "class", "bar", "aria-hidden", "true").close();
                case "findings", "sessions" -> html.element("th", name, "scope", "col", "class", "n");
                default -> html.element("th", name, "scope", "col");
            }
        }
        html.close().close();
    }

    private static String would(RuleCount rule) {
        StringBuilder words = new StringBuilder();
        if (rule.reverted > 0) {
            words.append("reverted ").append(number(rule.reverted));
        }
        if (rule.notReverted > 0) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append("not reverted ")
                    .append(number(rule.notReverted))
                    .append(" (why: below)");
        }
        if (rule.revoked > 0) {
            words.append(words.isEmpty() ? "" : ", ").append("stopped the session");
        }
        return words.isEmpty() ? "alerted only" : words.toString();
    }

    private static String more(Counts counts) {
        return counts.others() > 0 ? "+" : "";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
