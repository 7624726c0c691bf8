package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.AccessKeys;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link AccessKeys} does. */
public abstract class AccessKeysContract {
    private static final String USER = "eve";

    protected abstract AccessKeys keys();

    /** Creates a user with one active key, and returns the key's id. */
    protected abstract String create(String userName);

    @Test
    protected void switchesAKeyOffAndOn() {
        String key = create(USER);
        assertEquals(Optional.of(true), keys().active(USER, key));
        assertEquals(Map.of(key, true), keys().of(USER));

        keys().activate(USER, key, false);
        assertEquals(Optional.of(false), keys().active(USER, key));
        keys().activate(USER, key, false);
        assertEquals(Optional.of(false), keys().active(USER, key), "again changes nothing");

        keys().activate(USER, key, true);
        assertEquals(Optional.of(true), keys().active(USER, key));
    }

    @Test
    protected void knowsNoKeyThatIsNotThere() {
        String key = create(USER);
        assertEquals(Optional.empty(), keys().active("mallory", key));
        assertEquals(Map.of(), keys().of("mallory"));
        assertEquals(Optional.empty(), keys().active(USER, "AKIAIOSFODNN7EXAMPLE"));
        assertThrows(RuntimeException.class, () -> keys().activate("mallory", key, false));
    }
}
