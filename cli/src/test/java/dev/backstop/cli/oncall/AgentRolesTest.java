package dev.backstop.cli.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.IamException;

/** Where a session must be of which nothing was seen. */
class AgentRolesTest {
    private final LocalRoles roles = new LocalRoles();
    private final List<String> notes = new ArrayList<>();
    private final AgentRoles agentRoles = new AgentRoles(roles, AgentSelector.DEFAULT, notes::add);

    AgentRolesTest() {
        roles.create(new Role(Trail.ROLE, "AROADEPLOY"));
        roles.create(new Role(Trail.OTHER, "AROADEPLOYER"));
    }

    @Test
    void aSessionsOwnIdIsItsSourceIdentityOnEachAgentRole() {
        AgentSession presumed = agentRoles.of("sess_1").getFirst();
        assertEquals(1, agentRoles.of("sess_1").size(), "not on a role that is no agent's");
        assertEquals("sess_1", presumed.sourceIdentity());
        assertEquals("AROADEPLOY:sess_1", presumed.principalId());
        assertTrue(notes.getFirst().contains("on each agent role: deploy"), notes::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jordan", "ASIA1", "sess_*", "sess_1 2", "sess_${aws:username}", "AROADEPLOY:sess_1"})
    void whatIsNoSessionsOwnIdStopsNobody(String text) {
        assertEquals(List.of(), agentRoles.of(text));
    }

    @Test
    void rolesThatMayNotBeListedAreDoneWithout() {
        IamException refused =
                (IamException) IamException.builder().message("no").build();
        Roles refusing = (Roles)
                Proxy.newProxyInstance(Roles.class.getClassLoader(), new Class<?>[] {Roles.class}, (_, _, _) -> {
                    throw refused;
                });
        AgentRoles unlisted = new AgentRoles(refusing, AgentSelector.DEFAULT, notes::add);
        assertEquals(List.of(), unlisted.arns());
        assertEquals(List.of(), unlisted.of("sess_1"));
        assertTrue(notes.getFirst().startsWith("the roles cannot be listed"), notes::toString);
    }
}
