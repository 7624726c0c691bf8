package dev.backstop.core.port;

import dev.backstop.core.Incident;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the findings of an incident come to.
 *
 * @param findings how many there are
 * @param silent those that nobody told of by itself, or is about to: one whose message was lost by a crash is among them
 * @param urgency the most urgent that people were told of
 * @param unheard the most urgent of those that were to be told of and were not; record when there is none
 * @param byWhat how many of each rule and resource, most first
 */
public record Tally(int findings, int silent, Urgency urgency, Urgency unheard, Map<String, Integer> byWhat) {
    private static final int MOST_WORDS = 8;

    /** Counts them. */
    public static Tally of(List<Seen> findings, Instant now) {
        List<Seen> silent = findings.stream()
                .filter(seen -> seen.toldAt() == null && !seen.inFlight(now))
                .toList();
        Map<String, Integer> counts = new LinkedHashMap<>();
        findings.forEach(seen -> counts.merge(seen.occurrence().words(), 1, Integer::sum));
        return new Tally(
                findings.size(),
                silent.size(),
                most(findings.stream().filter(seen -> seen.toldAt() != null).toList()),
                most(silent.stream().filter(Seen::chosen).toList()),
                counts);
    }

    /** How many people have heard nothing of since the last message. */
    public int unsaid(Case incident) {
        return Math.max(0, silent - incident.covered());
    }

    /** The incident as its next message shows it. */
    public Incident shown(Case incident, boolean closing) {
        return new Incident(incident.id(), incident.openedAt(), findings, unsaid(incident), closing);
    }

    /** {@code 40 x security-group-opened-to-world on sg-1, 2 x …}, most first. */
    public String words() {
        String words = byWhat.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_WORDS)
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.joining(", "));
        return byWhat.size() > MOST_WORDS ? words + " and " + (byWhat.size() - MOST_WORDS) + " others" : words;
    }

    private static Urgency most(List<Seen> findings) {
        return findings.stream()
                .map(seen -> seen.occurrence().urgency())
                .max(Comparator.naturalOrder())
                .orElse(Urgency.RECORD);
    }
}
