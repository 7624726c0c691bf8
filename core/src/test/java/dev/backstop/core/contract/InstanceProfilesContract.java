package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.core.port.InstanceProfiles.Association;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link InstanceProfiles} does. */
public abstract class InstanceProfilesContract {
    protected abstract InstanceProfiles profiles();

    /** Launches an instance without a profile, and returns its id. */
    protected abstract String launch();

    /** Creates an instance profile, and returns its ARN. */
    protected abstract String createProfile(String name);

    @Test
    protected void givesAnInstanceAProfileAndTakesItAway() {
        String instance = launch();
        assertEquals(Optional.empty(), profiles().of(instance));
        String app = createProfile("app");

        profiles().associate(instance, app);
        assertEquals(Optional.of(app), arn(instance));

        profiles().disassociate(profiles().of(instance).orElseThrow().id());
        assertEquals(Optional.empty(), profiles().of(instance));
    }

    @Test
    protected void replacesAProfile() {
        String instance = launch();
        String other = launch();
        String app = createProfile("app");
        profiles().associate(instance, createProfile("admin"));
        profiles().associate(other, app);

        profiles().replace(profiles().of(instance).orElseThrow().id(), app);

        assertEquals(Optional.of(app), arn(instance));
        assertEquals(Optional.of(app), arn(other));
    }

    @Test
    protected void givesNoInstanceTwo() {
        String instance = launch();
        String app = createProfile("app");
        String admin = createProfile("admin");
        profiles().associate(instance, app);

        assertThrows(RuntimeException.class, () -> profiles().associate(instance, admin));
        assertEquals(Optional.of(app), arn(instance));
    }

    @Test
    protected void takesNothingAwayTwice() {
        String instance = launch();
        profiles().associate(instance, createProfile("app"));
        String id = profiles().of(instance).orElseThrow().id();
        profiles().disassociate(id);

        assertThrows(RuntimeException.class, () -> profiles().disassociate(id));
    }

    private Optional<String> arn(String instance) {
        return profiles().of(instance).map(Association::profileArn);
    }
}
