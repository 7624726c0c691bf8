package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.Instances;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Instances.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every implementation of {@link Instances} does. */
public abstract class InstancesContract {
    private static final String UNKNOWN = "i-0123456789abcdef0";

    protected abstract Instances instances();

    /** Launches a running instance as its owner would, and returns its id. */
    protected abstract String launch(String type, Map<String, String> tags);

    /** Terminates as the owner would. */
    protected abstract void terminate(String instanceId);

    @Test
    protected void describesThoseThatExist() {
        String one = launch("t3.micro", Map.of("Name", "web"));
        String other = launch("m5.large", Map.of());

        assertEquals(
                Set.of(
                        new Instance(one, "t3.micro", "running", Map.of("Name", "web")),
                        new Instance(other, "m5.large", "running", Map.of())),
                instances().describe(Set.of(one, other, UNKNOWN)).stream().collect(Collectors.toSet()));
    }

    @Test
    protected void describesNoneWhenAskedForNone() {
        launch("t3.micro", Map.of());

        assertEquals(List.of(), instances().describe(Set.of()));
    }

    @Test
    protected void stopsAndStarts() {
        String id = launch("t3.micro", Map.of());

        instances().stop(Set.of(id));
        assertEquals("stopped", state(id));

        instances().start(Set.of(id));
        assertEquals("running", state(id));
    }

    @Test
    protected void stopsAStoppedInstanceAndStartsARunningOne() {
        String id = launch("t3.micro", Map.of());

        instances().start(Set.of(id));
        assertEquals("running", state(id));
        instances().stop(Set.of(id));
        instances().stop(Set.of(id));
        assertEquals("stopped", state(id));
    }

    @Test
    protected void stopsNothingWhenOneInstanceIsUnknown() {
        String id = launch("t3.micro", Map.of());

        assertThrows(RuntimeException.class, () -> instances().stop(Set.of(id, UNKNOWN)));
        assertEquals("running", state(id));
    }

    @Test
    protected void changesTheTypeOfAStoppedInstance() {
        String id = launch("m5.2xlarge", Map.of());
        instances().stop(Set.of(id));

        instances().changeType(id, "t3.micro");

        assertEquals(
                List.of(new Instance(id, "t3.micro", "stopped", Map.of())),
                instances().describe(Set.of(id)));
    }

    @Test
    protected void leavesTheTypeOfARunningInstance() {
        String id = launch("m5.2xlarge", Map.of());

        assertThrows(RuntimeException.class, () -> instances().changeType(id, "t3.micro"));
        assertEquals("m5.2xlarge", instances().describe(Set.of(id)).getFirst().type());
    }

    @Test
    protected void showsATerminatedInstance() {
        String id = launch("t3.micro", Map.of());
        terminate(id);

        assertEquals("terminated", state(id));
    }

    @Test
    protected void bringsNoTerminatedInstanceBack() {
        String id = launch("t3.micro", Map.of());
        terminate(id);

        assertThrows(RuntimeException.class, () -> instances().start(Set.of(id)));
        assertThrows(RuntimeException.class, () -> instances().stop(Set.of(id)));
        assertEquals("terminated", state(id));
    }

    @Test
    protected void terminates() {
        String id = launch("t3.micro", Map.of());

        instances().terminate(Set.of(id));

        assertEquals("terminated", state(id));
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE_DEST_CHECK,true,false",
        "TERMINATION_PROTECTION,false,true",
        "STOP_PROTECTION,false,true",
        "SHUTDOWN_BEHAVIOR,stop,terminate"
    })
    protected void setsAnAttributeOfARunningInstance(Attribute attribute, String usual, String other) {
        String id = launch("t3.micro", Map.of());
        assertEquals(Optional.of(usual), instances().attribute(id, attribute));

        instances().setAttribute(id, attribute, other);

        assertEquals(Optional.of(other), instances().attribute(id, attribute));
        instances().setAttribute(id, attribute, usual);
        assertEquals(Optional.of(usual), instances().attribute(id, attribute));
    }

    @Test
    protected void knowsNothingOfAnInstanceThatIsGone() {
        assertEquals(Optional.empty(), instances().attribute(UNKNOWN, Attribute.TERMINATION_PROTECTION));
        assertEquals(Map.of(), instances().metadataOptions(UNKNOWN));
    }

    @Test
    protected void terminatesNoProtectedInstance() {
        String id = launch("t3.micro", Map.of());
        instances().setAttribute(id, Attribute.TERMINATION_PROTECTION, "true");

        assertThrows(RuntimeException.class, () -> instances().terminate(Set.of(id)));
        assertEquals("running", state(id));
    }

    @Test
    protected void setsMetadataOptions() {
        String id = launch("t3.micro", Map.of());
        Map<String, String> all = Map.of(
                "httpTokens", "required",
                "httpEndpoint", "enabled",
                "httpPutResponseHopLimit", "3",
                "httpProtocolIpv6", "enabled",
                "instanceMetadataTags", "enabled");

        instances().setMetadataOptions(id, all);

        assertEquals(all, instances().metadataOptions(id));
    }

    @Test
    protected void leavesOtherMetadataOptions() {
        String id = launch("t3.micro", Map.of());
        Map<String, String> before = instances().metadataOptions(id);

        instances().setMetadataOptions(id, Map.of("httpPutResponseHopLimit", "7"));

        Map<String, String> after = new HashMap<>(before);
        after.put("httpPutResponseHopLimit", "7");
        assertEquals(after, instances().metadataOptions(id));
    }

    private String state(String id) {
        return instances().describe(Set.of(id)).getFirst().state();
    }
}
