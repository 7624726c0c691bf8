package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.Inventory.Seen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Inventory} does. */
public abstract class InventoryContract {
    private static final String NO_GROUP = "sg-0123456789abcdef0";
    private static final String NO_INSTANCE = "i-0123456789abcdef0";

    protected abstract Inventory inventory();

    /** The same Region, to change things in. */
    protected abstract Aws aws();

    /** Creates a group of that name, without rules but what AWS gives it, and returns its id. */
    protected abstract String createGroup(String name);

    /** Launches a running instance of that type that carries the group, and returns its id. */
    protected abstract String launch(String type, String groupId);

    /** Terminates as the owner would. */
    protected abstract void terminate(String instanceId);

    @Test
    protected void seesGroupsWithTheirRulesInBothDirections() {
        String web = createGroup("web");
        String other = createGroup("other");
        GroupRule in = new GroupRule("", web, false, "tcp", 443, 443, "10.0.0.0/16", "from the office");
        GroupRule out = new GroupRule("", web, true, "udp", 53, 53, "10.0.0.2/32", null);
        aws().securityGroups().authorizeIngress(web, List.of(in));
        aws().securityGroups().authorizeEgress(web, List.of(out));

        Map<String, Seen> seen = new HashMap<>();
        inventory().groups(one -> seen.put(one.id(), one));
        assertTrue(seen.keySet().containsAll(Set.of(web, other)));
        JsonNode group = seen.get(web).look().configuration();
        assertEquals("web", group.path("groupName").asText());
        assertEquals(
                Set.copyOf(aws().securityGroups().rules(web)),
                Set.copyOf(Json.items(group.path("securityGroupRules")).stream()
                        .map(GroupRule::of)
                        .toList()));
        assertFalse(seen.get(web).look().to().isBefore(seen.get(web).look().from()));
    }

    @Test
    protected void seesThoseOfSomeGroupsThatExist() {
        String web = createGroup("web");
        createGroup("other");

        Map<String, Seen> seen = new HashMap<>();
        inventory().groups(Set.of(web, NO_GROUP), one -> seen.put(one.id(), one));
        inventory().groups(Set.of(), one -> seen.put(one.id(), one));
        assertEquals(Set.of(web), seen.keySet());
        assertTrue(
                seen.get(web).look().configuration().path("securityGroupRules").isArray());
    }

    @Test
    protected void findsGroupsByName() {
        String web = createGroup("web");

        assertEquals(Set.of(web), inventory().groupsNamed("web"));
        assertEquals(Set.of(), inventory().groupsNamed("webs"));
    }

    @Test
    protected void seesInstances() {
        String group = createGroup("web");
        String id = launch("t3.micro", group);
        String gone = launch("t3.micro", group);
        terminate(gone);

        Map<String, Seen> seen = new HashMap<>();
        inventory().instances(one -> seen.put(one.id(), one));
        assertEquals(Set.of(id), seen.keySet());
        JsonNode instance = seen.get(id).look().configuration();
        assertEquals("t3.micro", instance.path("instanceType").asText());
        assertEquals(List.of(group), Json.values(instance, "securityGroups.groupId"));
        assertEquals(List.of(group), Json.values(instance, "networkInterfaces.groups.groupId"));
        assertTrue(instance.path("sourceDestCheck").isBoolean());
        assertTrue(instance.path("iamInstanceProfile").isNull());
        assertEquals(
                aws().instances().metadataOptions(id).get("httpTokens"),
                instance.path("metadataOptions").path("httpTokens").asText());
    }

    @Test
    protected void seesThoseOfSomeInstancesThatAreThere() {
        String group = createGroup("web");
        String id = launch("t3.micro", group);
        launch("t3.small", group);

        Map<String, Seen> seen = new HashMap<>();
        inventory().instances(Set.of(id, NO_INSTANCE), one -> seen.put(one.id(), one));
        inventory().instances(Set.of(), one -> seen.put(one.id(), one));
        assertEquals(Set.of(id), seen.keySet());
    }

    @Test
    protected void findsTheInstanceOfAnInterface() {
        String id = launch("t3.micro", createGroup("web"));
        String networkInterface = aws().networkInterfaces().of(id).getFirst().id();

        assertEquals(Optional.of(id), inventory().instanceWith(networkInterface));
        assertEquals(Optional.empty(), inventory().instanceWith("eni-0123456789abcdef0"));
    }

    @Test
    protected void seesHowAnInstanceIsProtected() {
        String id = launch("t3.micro", createGroup("web"));
        aws().instances().setAttribute(id, Attribute.TERMINATION_PROTECTION, "true");

        JsonNode protection = inventory().protection(id).orElseThrow().configuration();
        assertEquals("true", protection.path("disableApiTermination").asText());
        assertEquals("false", protection.path("disableApiStop").asText());
        assertEquals(
                "stop", protection.path("instanceInitiatedShutdownBehavior").asText());
        assertEquals(Optional.empty(), inventory().protection(NO_INSTANCE));
    }
}
