package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One session's timeline for people: a line an entry, a heading a day. */
final class TimelineText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Set<String> GOOD = Set.of("applied", "already-done", "observed");

    private final Page page;
    private @Nullable LocalDate day;

    TimelineText(Page page) {
        this.page = page;
    }

    void show(JsonNode answer) {
        page.heading("session " + answer.path("session").asText());
        answer.path("sessions").forEach(this::session);
        moments(answer);
    }

    /** The timeline of an answer alone. */
    void moments(JsonNode answer) {
        List<TimelineEntry> entries = Json.items(answer.path("timeline")).stream()
                .map(TimelineEntry::of)
                .toList();
        if (entries.isEmpty()) {
            page.line("nothing was seen of it since it began");
            return;
        }
        Instant start = start(answer, entries.getFirst().at());
        entries.forEach(entry -> entry(entry, start));
        page.blank();
        page.line(entries.stream()
                .collect(Collectors.groupingBy(entry -> entry.kind().word(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")));
    }

    private void session(JsonNode session) {
        page.field(
                2,
                "",
                "on " + session.path("role").asText() + ", developer " + orUnknown(session, "developer") + ", project "
                        + orUnknown(session, "project") + ", began " + orUnknown(session, "startedAt"));
        JsonNode revoked = session.path("revoked");
        if (revoked.isObject()) {
            String confirmed = Json.text(revoked, "confirmedAt");
            page.field(
                    "yellow",
                    "  ",
                    "revoked at " + revoked.path("at").asText() + " by "
                            + revoked.path("operator").asText() + ": "
                            + revoked.path("reason").asText() + "; "
                            + (confirmed == null ? "not seen refused yet" : "seen refused at " + confirmed));
        }
    }

    private void entry(TimelineEntry entry, Instant start) {
        LocalDate date = LocalDate.ofInstant(entry.at(), ZoneOffset.UTC);
        if (!date.equals(day)) {
            day = date;
            page.blank();
            page.heading(date.toString());
        }
        boolean failed = entry.result() != null && !GOOD.contains(entry.result());
        String label = String.format(
                Locale.ROOT,
                "%s %10s  %s  %-8s  ",
                failed ? "!" : " ",
                since(start, entry.at()),
                TIME.format(entry.at()),
                entry.kind().word());
        page.field(failed ? "red" : style(entry.kind()), label, words(entry));
    }

    private static String words(TimelineEntry entry) {
        StringBuilder words = new StringBuilder(entry.what());
        if (entry.on() != null) {
            words.append(" on ").append(entry.on());
        }
        if (entry.created() != null) {
            words.append(", made ").append(entry.created().words());
        }
        if (entry.result() != null) {
            words.append(": ").append(entry.result());
        }
        return words.toString();
    }

    private static String style(Kind kind) {
        return switch (kind) {
            case ISSUED -> "bold";
            case CALL -> "";
            case FINDING -> "yellow";
            case ACTION -> "green";
            case OPERATOR -> "cyan";
        };
    }

    /** {@code +1:02:03}, or {@code +0:41} within the first hour. */
    private static String since(Instant start, Instant at) {
        Duration since = Duration.between(start, at).abs();
        String sign = at.isBefore(start) ? "-" : "+";
        return since.toHours() == 0
                ? String.format(Locale.ROOT, "%s%d:%02d", sign, since.toMinutes(), since.toSecondsPart())
                : String.format(
                        Locale.ROOT,
                        "%s%d:%02d:%02d",
                        sign,
                        since.toHours(),
                        since.toMinutesPart(),
                        since.toSecondsPart());
    }

    /** When the first of the sessions of that id began; where no STS record was seen, its first call. */
    private static Instant start(JsonNode answer, Instant first) {
        return Json.values(answer, "sessions.startedAt").stream()
                .map(Instant::parse)
                .min(Instant::compareTo)
                .orElse(first);
    }

    private static String orUnknown(JsonNode session, String field) {
        String value = Json.text(session, field);
        return value == null ? "unknown" : value;
    }
}
