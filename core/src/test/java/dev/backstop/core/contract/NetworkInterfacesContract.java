package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.port.NetworkInterfaces;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link NetworkInterfaces} does. */
public abstract class NetworkInterfacesContract {
    private static final String UNKNOWN = "eni-0123456789abcdef0";

    protected abstract NetworkInterfaces interfaces();

    /** Launches an instance with one interface in a group of its own, and returns the instance's id. */
    protected abstract String launch();

    /** Attaches a second interface in a group of its own, and returns its id. */
    protected abstract String attachAnother(String instanceId);

    protected abstract String createGroup();

    @Test
    protected void showsTheInterfacesOfAnInstance() {
        String instance = launch();
        String second = attachAnother(instance);
        launch();

        List<NetworkInterface> all = interfaces().of(instance);

        assertEquals(2, all.size(), all::toString);
        assertTrue(all.stream().map(NetworkInterface::id).anyMatch(second::equals));
        assertEquals(Set.of(1), all.stream().map(one -> one.groups().size()).collect(Collectors.toSet()));
        assertTrue(all.stream().allMatch(one -> interfaces().find(one.id()).equals(Optional.of(one))));
    }

    @Test
    protected void showsNothingOfWhatIsGone() {
        assertEquals(Optional.empty(), interfaces().find(UNKNOWN));
        assertEquals(List.of(), interfaces().of("i-0123456789abcdef0"));
    }

    @Test
    protected void replacesTheGroupsOfOneInterface() {
        String instance = launch();
        String second = attachAnother(instance);
        NetworkInterface first = interfaces().of(instance).stream()
                .filter(one -> !one.id().equals(second))
                .findFirst()
                .orElseThrow();
        Set<String> wanted = Set.of(createGroup(), createGroup());

        interfaces().setGroups(second, wanted);

        assertEquals(wanted, interfaces().find(second).orElseThrow().groups());
        assertEquals(Optional.of(first), interfaces().find(first.id()));
    }

    @Test
    protected void turnsTheCheckOffAndOn() {
        String id = interfaces().of(launch()).getFirst().id();
        assertTrue(interfaces().find(id).orElseThrow().sourceDestCheck());

        interfaces().setSourceDestCheck(id, false);
        assertFalse(interfaces().find(id).orElseThrow().sourceDestCheck());

        interfaces().setSourceDestCheck(id, true);
        assertTrue(interfaces().find(id).orElseThrow().sourceDestCheck());
    }

    @Test
    protected void changesNothingThatIsGone() {
        Set<String> group = Set.of(createGroup());
        assertThrows(RuntimeException.class, () -> interfaces().setGroups(UNKNOWN, group));
        assertThrows(RuntimeException.class, () -> interfaces().setSourceDestCheck(UNKNOWN, true));
    }
}
