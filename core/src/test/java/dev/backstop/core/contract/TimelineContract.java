package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Marks;
import dev.backstop.core.Outliving;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.TimelineEntry.Kind;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Timeline} does. */
public abstract class TimelineContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Outliving KEY = new Outliving(Outliving.Kind.ACCESS_KEY, "eve", "AKIA1");

    /** The same timelines on every call within a test. */
    protected abstract Timeline timeline();

    @Test
    protected void answersInTheOrderOfTimeWhateverOrderEntriesCameIn() {
        TimelineEntry first = entry("e1", TEN, null);
        TimelineEntry second = entry("e2", TEN.plusMillis(500), null);
        TimelineEntry third = entry("e3", TEN.plusSeconds(1), null);
        timeline().keep("sess_a", List.of(third, first));
        timeline().keep("sess_a", List.of(second));

        assertEquals(List.of(first, second, third), timeline().of("sess_a"));
    }

    @Test
    protected void keepsAnEntryOnce() {
        TimelineEntry entry = entry("e1", TEN, KEY);
        timeline().keep("sess_a", List.of(entry, entry));
        timeline().keep("sess_a", List.of(entry));

        assertEquals(List.of(entry), timeline().of("sess_a"));
        assertEquals(List.of(KEY), timeline().created("sess_a"));
    }

    @Test
    protected void keepsSessionsApart() {
        timeline().keep("sess_a", List.of(entry("e1", TEN, KEY)));

        assertEquals(List.of(), timeline().of("sess_ab"));
        assertEquals(List.of(), timeline().created("sess_ab"));
    }

    @Test
    protected void knowsWhatOutlivesTheSession() {
        Outliving user = new Outliving(Outliving.Kind.USER, "eve", null);
        timeline()
                .keep(
                        "sess_a",
                        List.of(
                                entry("e1", TEN, null),
                                entry("e3", TEN.plusSeconds(2), KEY),
                                entry("e2", TEN.plusSeconds(1), user)));

        assertEquals(List.of(user, KEY), timeline().created("sess_a"));
    }

    @Test
    protected void takesMoreThanFitsIntoOneCall() {
        List<TimelineEntry> many = IntStream.range(0, 60)
                .mapToObj(i -> entry("e" + i, TEN.plusSeconds(i), i == 59 ? KEY : null))
                .toList();
        timeline().keep("sess_a", many);

        assertEquals(many, timeline().of("sess_a"));
        assertEquals(List.of(KEY), timeline().created("sess_a"));
    }

    @Test
    protected void readsARangeWithBothItsEnds() {
        List<TimelineEntry> many = IntStream.range(0, 5)
                .mapToObj(i -> entry("e" + i, TEN.plusMillis(500L * i), null))
                .toList();
        timeline().keep("sess_a", many);
        timeline().keep("sess_ab", List.of(entry("other", TEN.plusMillis(600), null)));

        assertEquals(many.subList(1, 4), timeline().between("sess_a", TEN.plusMillis(500), TEN.plusMillis(1500)));
        assertEquals(List.of(), timeline().between("sess_b", TEN, TEN.plusSeconds(9)));
    }

    @Test
    protected void knowsWhenTheSessionFirstMadeWhat() {
        Thing volume = new Thing("1/eu-west-1/volume/vol-1");
        Thing longer = new Thing("1/eu-west-1/volume/vol-1#2");
        Thing others = new Thing("1/eu-west-1/volume/vol-3");
        timeline()
                .keep(
                        "sess_a",
                        List.of(
                                made("e1", TEN, volume),
                                made("e2", TEN.plusSeconds(9), longer),
                                made("e4", TEN.plusSeconds(12), volume)));
        timeline().keep("sess_ab", List.of(made("e3", TEN, others)));

        Set<Thing> all = Set.of(volume, longer, others);
        assertEquals(Map.of(volume, TEN, longer, TEN.plusSeconds(9)), timeline().made("sess_a", all));
        assertEquals(Map.of(), timeline().made("sess_a", Set.of(others)));
    }

    private static TimelineEntry made(String id, Instant at, Thing thing) {
        return new TimelineEntry(
                at,
                Kind.CALL,
                id,
                "ec2:CreateVolume",
                null,
                null,
                null,
                new Marks("eu-west-1", Set.of(thing), List.of(Set.of(thing)), 0.5, Set.of("some-rule")));
    }

    private static TimelineEntry entry(String id, Instant at, @Nullable Outliving created) {
        return new TimelineEntry(at, Kind.CALL, id, "iam:Call", "eve", "AccessDenied", created);
    }
}
