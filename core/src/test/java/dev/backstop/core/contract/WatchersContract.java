package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.Watchers;
import dev.backstop.core.port.Watchers.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link Watchers} does. */
public abstract class WatchersContract {
    private static final String NAME = "backstop-contract";

    protected abstract Watchers watchers();

    /** Creates one that is stopped. */
    protected abstract void create(Kind kind, String name);

    /** Gives a rule one more target. */
    protected abstract void target(String rule, String id);

    @ParameterizedTest
    @EnumSource
    protected void startsWhatWasStopped(Kind kind) {
        create(kind, NAME);
        assertEquals(Optional.of(false), watchers().watching(kind, NAME));

        watchers().start(kind, NAME);
        assertEquals(Optional.of(true), watchers().watching(kind, NAME));

        watchers().start(kind, NAME);
        assertEquals(Optional.of(true), watchers().watching(kind, NAME), "again changes nothing");
    }

    @ParameterizedTest
    @EnumSource
    protected void knowsNothingOfWhatIsNotThere(Kind kind) {
        assertEquals(Optional.empty(), watchers().watching(kind, NAME));
        assertThrows(RuntimeException.class, () -> watchers().start(kind, NAME));
    }

    @Test
    protected void namesTheTrailsAndSaysWhichLog() {
        assertEquals(Map.of(), watchers().trails());
        create(Kind.TRAIL, NAME);
        assertEquals(List.of(false), List.copyOf(watchers().trails().values()));
        String arn = watchers().trails().keySet().iterator().next();
        assertEquals(NAME, arn.substring(arn.lastIndexOf('/') + 1));

        watchers().start(Kind.TRAIL, NAME);
        assertEquals(Map.of(arn, true), watchers().trails());
    }

    @Test
    protected void startingARuleKeepsItsTargets() {
        assertEquals(Set.of(), watchers().targets(NAME));
        create(Kind.EVENT_RULE, NAME);
        target(NAME, "respond");

        watchers().start(Kind.EVENT_RULE, NAME);

        assertEquals(Set.of("respond"), watchers().targets(NAME));
    }
}
