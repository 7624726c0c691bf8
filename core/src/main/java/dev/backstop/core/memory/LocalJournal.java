package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal in memory. */
public final class LocalJournal implements Journal {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Map<String, String>> notes = new HashMap<>();
    private final InstantSource clock;

    public LocalJournal(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Claim claim(String key, String owner, Duration lease, JsonNode entry) {
        Entry held = entries.get(key);
        if (held != null && held.done) {
            return new Claim.Done(held.outcomes);
        }
        boolean others = held != null && !held.owner.equals(owner) && held.until.isAfter(clock.instant());
        if (others) {
            return new Claim.Busy();
        }
        List<Outcome> earlier = held == null ? List.of() : held.outcomes;
        JsonNode first = held == null ? entry : held.entry;
        entries.put(key, new Entry(owner, clock.instant().plus(lease), first, false, earlier));
        return new Claim.Held(earlier);
    }

    @Override
    public synchronized Optional<List<Outcome>> ended(String key) {
        return Optional.ofNullable(entries.get(key)).filter(Entry::done).map(Entry::outcomes);
    }

    @Override
    public synchronized Optional<List<Outcome>> held(String key, String owner) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> !entry.done && entry.owner.equals(owner) && entry.until.isAfter(clock.instant()))
                .map(Entry::outcomes);
    }

    @Override
    public synchronized String note(String key, String step, String note) {
        if (!entries.containsKey(key)) {
            throw unclaimed(key);
        }
        return notes.computeIfAbsent(key, _ -> new HashMap<>()).computeIfAbsent(step, _ -> note);
    }

    @Override
    public synchronized Map<String, String> notes(String key) {
        return Map.copyOf(notes.getOrDefault(key, Map.of()));
    }

    @Override
    public synchronized void close(String key, List<Outcome> outcomes) {
        keep(key, outcomes, true);
    }

    @Override
    public synchronized void release(String key, List<Outcome> outcomes) {
        keep(key, outcomes, false);
    }

    /** The plan and prior state that a finding was first claimed with. */
    public synchronized Optional<JsonNode> entry(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::entry);
    }

    private void keep(String key, List<Outcome> outcomes, boolean done) {
        Entry held = entries.get(key);
        if (held == null) {
            throw unclaimed(key);
        }
        entries.put(key, new Entry(held.owner, clock.instant(), held.entry, done, outcomes));
    }

    private static LocalAwsException unclaimed(String key) {
        return new LocalAwsException("ConditionalCheckFailedException", "nobody claimed " + key);
    }

    private record Entry(String owner, Instant until, JsonNode entry, boolean done, List<Outcome> outcomes) {}
}
