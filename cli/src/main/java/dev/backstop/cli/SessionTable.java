package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sessions as a table of 100 columns, in which no id is cut. */
final class SessionTable {
    private static final int ID = 26;
    private static final String ROW = "%-" + ID + "s %-22s %-14s %-13s %-11s %s";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Page page;

    SessionTable(Page page) {
        this.page = page;
    }

    void show(List<JsonNode> sessions, int hours) {
        if (sessions.isEmpty()) {
            page.line("No session began in the last " + Page.many(hours, "hour")
                    + ", and none is revoked. (backstop doctor says whether anything would be seen.)");
            return;
        }
        page.heading(row("SESSION", "ROLE", "DEVELOPER", "PROJECT", "BEGAN", "REVOKED"));
        sessions.forEach(this::show);
    }

    private void show(JsonNode session) {
        String id = session.path("id").asText();
        JsonNode revoked = session.path("revoked");
        if (id.length() > ID) {
            page.line(id);
        }
        String role = session.path("role").asText();
        String row = row(
                id.length() > ID ? "" : id,
                role.substring(role.lastIndexOf('/') + 1),
                Json.text(session, "developer"),
                Json.text(session, "project"),
                time(Json.text(session, "startedAt")),
                state(revoked));
        if (revoked.isObject()) {
            page.field("yellow", "", row);
        } else {
            page.line(row);
        }
    }

    private static String row(
            String id,
            String role,
            @Nullable String developer,
            @Nullable String project,
            String began,
            String revoked) {
        return String.format(Locale.ROOT, ROW, id, cut(role, 22), cut(developer, 14), cut(project, 13), began, revoked)
                .stripTrailing();
    }

    private static String state(JsonNode revoked) {
        if (!revoked.isObject()) {
            return "";
        }
        return Json.text(revoked, "confirmedAt") == null ? "revoked" : "confirmed";
    }

    static String time(@Nullable String instant) {
        try {
            return instant == null ? "-" : TIME.format(Instant.parse(instant));
        } catch (DateTimeParseException _) {
            return "?";
        }
    }

    private static String cut(@Nullable String text, int width) {
        if (text == null) {
            return "-";
        }
        String clean = Page.clean(text);
        return clean.length() > width ? clean.substring(0, width - 1) + "…" : clean;
    }
}
