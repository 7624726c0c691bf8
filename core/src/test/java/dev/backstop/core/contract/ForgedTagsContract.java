package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.SetTag;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.ForgedTags.Forged;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link ForgedTags} does. */
public abstract class ForgedTagsContract {
    private static final String ACCOUNT = "123456789012";
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Forged DATED = new Forged(new SetTag("sg-1", "2026-12-01"), "sess_a", TEN);
    private static final Forged UNKNOWN = new Forged(new SetTag("sg-1", null), "sess_a", TEN);

    /** The same on every call within a test. */
    protected abstract ForgedTags forgedTags();

    @Test
    protected void keepsEveryValueThatWasSet() {
        forgedTags().keep(ACCOUNT, DATED);
        forgedTags().keep(ACCOUNT, UNKNOWN);
        assertEquals(Set.of(DATED, UNKNOWN), Set.copyOf(forgedTags().on(ACCOUNT, "sg-1")));
    }

    @Test
    protected void keepsTheFirstWhoSetAValue() {
        forgedTags().keep(ACCOUNT, DATED);
        forgedTags().keep(ACCOUNT, new Forged(DATED.tag(), "sess_b", TEN.plusSeconds(5)));
        assertEquals(List.of(DATED), forgedTags().on(ACCOUNT, "sg-1"));
    }

    @Test
    protected void keepsResourcesAndAccountsApart() {
        forgedTags().keep(ACCOUNT, DATED);
        assertEquals(List.of(), forgedTags().on(ACCOUNT, "sg-10"));
        assertEquals(List.of(), forgedTags().on("444455556666", "sg-1"));
    }
}
