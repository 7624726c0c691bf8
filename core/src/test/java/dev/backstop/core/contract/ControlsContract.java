package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.Controls.Modes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Controls} does. */
public abstract class ControlsContract {
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
}
