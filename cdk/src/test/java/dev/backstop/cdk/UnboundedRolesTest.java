package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.cdk.BackstopApp.Home;
import dev.backstop.core.AgentSelector;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PermissionsBoundary;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

class UnboundedRolesTest {
    @ParameterizedTest
    @CsvSource({
        "/agents/, deployer, true",
        "/agents/team/, deployer, true",
        "/, agent-deploy-role, true",
        "/, production, false",
        "/team/agents/, deployer, false",
        "/agents/, , true"
    })
    void anAgentRoleWithoutABoundaryIsNamed(String path, String name, boolean warned) {
        List<String> warnings = warnings(stack -> role(stack, path, name));
        assertEquals(warned ? 1 : 0, warnings.size());
        assertTrue(!warned || warnings.getFirst().startsWith("warning: agent role Role"), warnings.toString());
    }

    @Test
    void whatCarriesTheBoundaryIsFine() {
        assertEquals(List.of(), warnings(stack -> AgentRole.readOnly(stack, "Reader", VENDED)));
        assertEquals(
                List.of(),
                warnings(stack -> AgentRole.readOnly(
                        stack, "Reader", VENDED.within(new AgentBoundary(stack, "Boundary").policy()))));
        assertEquals(List.of(), warnings(stack -> {
            role(stack, "/agents/", "deployer");
            PermissionsBoundary.of(stack).apply(AgentBoundary.deployed(stack, "Boundary"));
        }));
    }

    @Test
    void anotherBoundaryIsNotTheAgents() {
        assertEquals(
                1,
                warnings(stack -> PermissionsBoundary.of(role(stack, "/agents/", "deployer"))
                                .apply(ManagedPolicy.fromAwsManagedPolicyName("PowerUserAccess")))
                        .size());
        assertEquals(
                1,
                warnings(stack -> PermissionsBoundary.of(role(stack, "/agents/", "deployer"))
                                .apply(ManagedPolicy.Builder.create(stack, "Own")
                                        .managedPolicyName("own")
                                        .statements(List.of(PolicyStatement.Builder.create()
                                                .actions(List.of("s3:GetObject"))
                                                .resources(List.of("*"))
                                                .build()))
                                        .build()))
                        .size());
    }

    /** What another stack exports is known when it is deployed; a warning that may be wrong would soon be ignored. */
    @Test
    void whatCannotBeKnownIsNotWarnedOf() {
        assertEquals(List.of(), warnings(stack -> ((CfnRole)
                        role(stack, "/agents/", "deployer").getNode().getDefaultChild())
                .setPermissionsBoundary(Fn.importValue("Boundary"))));
    }

    @Test
    void backstopsOwnAppHasNone() {
        App app = Synthesized.app(Map.of());
        BackstopApp.build(app, new Home(Synthesized.ACCOUNT.id(), "eu-west-1"), Synthesized.CODE);
        assertEquals(List.of(), UnboundedRoles.in(app.synth(), AgentSelector.DEFAULT));
    }

    private static final AgentRoleOptions VENDED =
            AgentRoleOptions.assumedBy(new AccountRootPrincipal()).named("reader");

    private static List<String> warnings(Consumer<Stack> roles) {
        App app = Synthesized.app(Map.of());
        roles.accept(new Stack(app, "Roles"));
        return UnboundedRoles.in(app.synth(), AgentSelector.DEFAULT);
    }

    private static Role role(Stack stack, String path, String name) {
        return Role.Builder.create(stack, "Role")
                .path(path)
                .roleName(name)
                .assumedBy(new AccountRootPrincipal())
                .build();
    }
}
