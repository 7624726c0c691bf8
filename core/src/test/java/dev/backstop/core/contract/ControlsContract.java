package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Exemption;
import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.Controls.Modes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Controls} does. */
public abstract class ControlsContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    /** The same switches on every call within a test; nobody has touched them yet. */
    protected abstract Controls controls();

    @Test
    protected void observesUntilSomeoneChooses() {
        assertEquals(Modes.INITIAL, controls().modes());
    }

    @Test
    protected void switchesEverything() {
        controls().set(Mode.ENFORCE);
        assertEquals(new Modes(Mode.ENFORCE, Map.of()), controls().modes());

        controls().set(Mode.OBSERVE);
        assertEquals(new Modes(Mode.OBSERVE, Map.of()), controls().modes());
    }

    @Test
    protected void switchesOneRuleWhereNothingWasSetBefore() {
        controls().set("sg-open-to-world", Mode.ENFORCE);

        assertEquals(
                new Modes(Mode.OBSERVE, Map.of("sg-open-to-world", Mode.ENFORCE)),
                controls().modes());
    }

    @Test
    protected void anExceptionOutlivesTheSwitchForAll() {
        controls().set("sg-open-to-world", Mode.OBSERVE);
        controls().set("instance-resized", Mode.ENFORCE);
        controls().set(Mode.ENFORCE);
        controls().set("instance-resized", Mode.OBSERVE);

        assertEquals(
                new Modes(Mode.ENFORCE, Map.of("sg-open-to-world", Mode.OBSERVE, "instance-resized", Mode.OBSERVE)),
                controls().modes());
    }

    @Test
    protected void keepsOneExemptionAThing() {
        assertEquals(List.of(), controls().exemptions());
        Exemption group = exemption(Exemption.Kind.RESOURCE, "sg-1", 2);
        Exemption session = exemption(Exemption.Kind.SESSION, "sess_a", 1);

        controls().keep(group);
        controls().keep(session);
        assertEquals(Set.of(group, session), Set.copyOf(controls().exemptions()));

        Exemption over = session.endedAt(TEN.plusSeconds(60));
        controls().keep(over);
        assertEquals(Set.of(group, over), Set.copyOf(controls().exemptions()));
    }

    private static Exemption exemption(Exemption.Kind kind, String of, int hours) {
        return new Exemption(kind, of, TEN, TEN.plusSeconds(hours * 3600L), "maria", "moving \u201cit\u201d");
    }
}
