package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Incidents for people: a line each, or all there is of one. */
final class IncidentText {
    private static final int MOST_FINDINGS = 30;
    private static final int INDENT = 11;

    private final Page page;

    IncidentText(Page page) {
        this.page = page;
    }

    void list(List<JsonNode> incidents) {
        if (incidents.isEmpty()) {
            page.line("No incident is open, and none was closed in that time.");
            return;
        }
        page.heading(row("INCIDENT", "STATE", "SEVERITY", "SESSION", "DEVELOPER", "LAST", "FINDINGS", "TOLD"));
        for (JsonNode incident : incidents) {
            String row = row(
                    incident.path("id").asText(),
                    state(incident),
                    incident.path("severity").asText(),
                    incident.path("session").path("id").asText(),
                    Json.text(incident.path("session"), "developer"),
                    SessionTable.time(Json.text(incident, "lastAt")),
                    incident.path("findings").asText(),
                    incident.path("told").asText());
            if (incident.path("state").asText().equals("open")) {
                page.field("yellow", "", row);
            } else {
                page.line(row);
            }
        }
    }

    void show(JsonNode incident) {
        JsonNode session = incident.path("session");
        page.heading("incident " + incident.path("id").asText() + ", " + state(incident));
        field(
                "session",
                session.path("id").asText() + " on " + session.path("role").asText());
        field("developer", or(session, "developer") + ", project " + or(session, "project"));
        field(
                "opened",
                incident.path("openedAt").asText() + ", latest finding "
                        + incident.path("lastAt").asText());
        field(
                "findings",
                incident.path("findings").asText() + ", "
                        + incident.path("told").asText() + " told by themselves: "
                        + incident.path("what").asText());
        JsonNode closed = incident.path("closed");
        if (closed.isObject()) {
            field(
                    "closed",
                    closed.path("at").asText() + " by " + closed.path("by").asText()
                            + (closed.path("falsePositive").asBoolean() ? ", a false positive: " : ": ")
                            + closed.path("why").asText());
        }
        page.blank();
        List<JsonNode> findings = Json.items(incident.path("list"));
        findings.stream().limit(MOST_FINDINGS).forEach(this::finding);
        if (findings.size() > MOST_FINDINGS) {
            page.line("and " + (findings.size() - MOST_FINDINGS) + " more: --json has them all");
        }
    }

    private void finding(JsonNode finding) {
        String told = Json.text(finding, "toldAt");
        page.field(
                0,
                String.format(
                        Locale.ROOT,
                        "%-" + INDENT + "s",
                        finding.path("severity").asText()),
                finding.path("at").asText() + " " + finding.path("rule").asText() + " on "
                        + finding.path("resource").path("id").asText() + ", "
                        + (told == null ? "counted" : finding.path("urgency").asText() + " at " + told)
                        + ends(finding));
        for (JsonNode outcome : finding.path("outcomes")) {
            page.field(
                    INDENT,
                    "",
                    outcome.path("status").asText() + (outcome.path("verified").asBoolean() ? ", verified" : "") + ": "
                            + outcome.path("step").asText());
            evidence("before: ", Json.text(outcome, "before"));
            evidence("after:  ", Json.text(outcome, "after"));
            if (!outcome.path("verified").asBoolean()) {
                evidence("", Json.text(outcome, "message"));
            }
        }
    }

    private void evidence(String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            page.field(INDENT + 2, label, text);
        }
    }

    private static String ends(JsonNode finding) {
        String ends = finding.path("ends").asText();
        return ends.isEmpty() ? "" : ": " + ends;
    }

    private void field(String label, String text) {
        page.field(0, String.format(Locale.ROOT, "%-" + INDENT + "s", label), text);
    }

    private static String state(JsonNode incident) {
        return incident.path("state").asText();
    }

    private static String or(JsonNode node, String field) {
        String value = Json.text(node, field);
        return value == null ? "unknown" : value;
    }

    private static String row(
            String id,
            String state,
            String severity,
            String session,
            @Nullable String developer,
            String last,
            String findings,
            String told) {
        return String.format(
                        Locale.ROOT,
                        "%-15s %-7s %-9s %-24s %-14s %-11s %8s %5s",
                        id,
                        state,
                        severity,
                        cut(session, 24),
                        cut(developer, 14),
                        last,
                        findings,
                        told)
                .stripTrailing();
    }

    private static String cut(@Nullable String text, int width) {
        String clean = text == null ? "-" : Page.clean(text);
        return clean.length() > width ? clean.substring(0, width - 1) + "…" : clean;
    }
}
