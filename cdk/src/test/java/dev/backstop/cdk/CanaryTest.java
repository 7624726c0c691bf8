package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

class CanaryTest {
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        Stack app = new Stack(Synthesized.app(Map.of()), "Drill");
        AgentBoundary boundary = new AgentBoundary(app, "Boundary");
        Role drill = Role.Builder.create(app, "Drill")
                .roleName("backstop-drill")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "work",
                        PolicyDocument.Builder.create()
                                .statements(List.of(Canary.assuming()))
                                .build()))
                .build();
        new Canary(app, "Canary", drill, boundary.policy());
        stack = Synthesized.of(app);
    }

    @Test
    void itIsAnAgentRoleWithinTheBoundaryOfItsStack() {
        JsonNode role = stack.named("AWS::IAM::Role", "RoleName", "backstop-canary");
        assertTrue(AgentSelector.DEFAULT.selectsRole(
                "arn:aws:iam::123456789012:role" + role.path("Path").asText() + "backstop-canary"));
        assertEquals(
                "AWS::IAM::ManagedPolicy",
                stack.resources()
                        .path(role.path("PermissionsBoundary").asText())
                        .path("Type")
                        .asText());
    }

    @Test
    void itIsTheRoleThatTheHeartbeatIsHeardOf() {
        assertEquals("/" + Heartbeat.ROLE, AgentRole.PATH + Canary.NAME);
    }

    @Test
    void itMayMakeTwoCalls() {
        JsonNode own = stack.ofType("AWS::IAM::ManagedPolicy").values().stream()
                .filter(policy -> policy.has("Roles"))
                .findFirst()
                .orElseThrow()
                .path("PolicyDocument");
        Calls.of("""
                allowed     | lambda:GetAccountSettings | *
                allowed     | ec2:CreateSecurityGroup   | security-group/*
                allowed     | ec2:CreateSecurityGroup   | vpc/vpc-1
                not allowed | ec2:AuthorizeSecurityGroupIngress | security-group/sg-1
                not allowed | lambda:ListFunctions      | *
                not allowed | s3:ListAllMyBuckets       | *
                """)
                .judge(new Caller("backstop-canary", List.of(own), stack.managedPolicy(AgentSelector.BOUNDARY_NAME)));
    }

    @Test
    void whoDrillsMayOpenItsSessionsAndNoOthers() {
        JsonNode trust =
                stack.named("AWS::IAM::Role", "RoleName", "backstop-canary").path("AssumeRolePolicyDocument");
        // The principal is the drill's own role; the template knows it by logical id only.
        JsonNode named = Json.read(Json.write(trust)
                .replaceAll("\"AWS\":\"[^\"]*\"", "\"AWS\":\"arn:aws:iam::123456789012:role/backstop-drill\""));
        Caller drill = new Caller("backstop-drill", stack.inlinePolicies("backstop-drill"), null);
        String said =
                "sts:RoleSessionName=sess_drill; sts:SourceIdentity=sess_drill; aws:RequestTag/developer=backstop;"
                        + " aws:RequestTag/project=drill; aws:RequestTag/agent-session=sess_drill;"
                        + " aws:TagKeys=agent-session,developer,project; sts:TransitiveTagKeys=agent-session";
        Calls.of("""
                allowed | sts:AssumeRole        | role/agents/backstop-canary | %1$s
                allowed | sts:TagSession        | role/agents/backstop-canary | %1$s
                allowed | sts:SetSourceIdentity | role/agents/backstop-canary | %1$s
                """.formatted(said)).judge(drill.calling(named));
        Calls.of("not allowed | sts:AssumeRole | role/agents/deployer | " + said)
                .judge(drill);
    }
}
