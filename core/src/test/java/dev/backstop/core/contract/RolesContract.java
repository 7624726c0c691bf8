package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Roles} does. */
public abstract class RolesContract {
    protected abstract Roles roles();

    /** Creates a role under a path such as {@code /agents/}, and returns it. */
    protected abstract Role create(String path, String name);

    @Test
    protected void findsARoleByItsNameWithPathAndId() {
        Role role = create("/agents/", "deploy");
        assertEquals(Optional.of(role), roles().named("deploy"));
        assertEquals("deploy", role.name());
        assertTrue(role.arn().endsWith(":role/agents/deploy"), role.arn());
        assertTrue(role.id().startsWith("AROA"), role.id());
        assertEquals(Optional.empty(), roles().named("deplo"));
    }

    @Test
    protected void readsWhoMayAssumeARole() {
        create("/agents/", "deploy");
        assertEquals(
                "2012-10-17",
                Json.read(roles().trust("deploy").orElseThrow()).path("Version").asText());
        assertEquals(Optional.empty(), roles().trust("deplo"));
    }

    @Test
    protected void listsRolesByPath() {
        Role agent = create("/agents/", "deploy");
        Role other = create("/", "agent-deploy-role");
        assertEquals(List.of(agent), roles().under("/agents/"));
        assertTrue(roles().under("/").containsAll(List.of(agent, other)));
    }
}
