package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.core.iam.IamAction;
import dev.backstop.core.iam.IamRequest;
import dev.backstop.core.iam.IamSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the boundary of the synthesized stack leaves to an agent whose own policies allow everything, and to whoever could
 * write policies into its role, by an IAM evaluator that we did not write.
 */
class BoundaryTest {
    private static JsonNode boundary;
    private static Caller agent;

    @BeforeAll
    static void synthesize() {
        boundary = Synthesized.home(Map.of()).managedPolicy(AgentSelector.BOUNDARY_NAME);
        agent = new Caller("deployer", List.of(IamRequest.EVERYTHING), boundary);
    }

    @Test
    void itFitsIntoAManagedPolicy() {
        int characters = Json.write(boundary).replaceAll("\\s", "").length();
        assertTrue(characters < 6_000, "a managed policy holds 6,144 characters, this one has " + characters);
        // Nothing in it differs between partitions, so it is as long everywhere.
        assertFalse(Json.write(boundary).contains("arn:aws"), Json.write(boundary));
    }

    @ParameterizedTest
    @FieldSource("dev.backstop.cdk.AgentCalls#ALL")
    void anAgentMayWorkAndNotEscape(String calls) {
        Calls.of(calls).judge(agent);
    }

    /** A statement that no call tells from none is either idle or untested. */
    @Test
    void everyStatementMakesADifference() {
        Calls all = Calls.of(String.join("\n", AgentCalls.ALL));
        for (int i = 0; i < boundary.path("Statement").size(); i++) {
            ObjectNode without = boundary.deepCopy();
            JsonNode left = ((ArrayNode) without.path("Statement")).remove(i);
            Caller other = new Caller("deployer", List.of(IamRequest.EVERYTHING), without);
            assertFalse(all.wrong(other).isEmpty(), () -> "no call needs " + left);
        }
    }

    /** Every action of IAM, so that one that AWS adds cannot be forgotten here, on whatever could lift or weaken a deny. */
    @Test
    void anAgentThatRacesItsDenyCannotLiftIt() {
        List<String> possible = changesLeft("role/agents/deployer");
        assertEquals(List.of("iam:PassRole role/agents/deployer"), possible);
        assertEquals(List.of(), changesLeft("role/agent-deploy-role"));
        assertEquals(List.of(), changesLeft("role/backstop-revoke"));
        assertEquals(List.of(), changesLeft("role/production"));
    }

    /** A policy of the resource's own can name the session, and then what a boundary merely leaves out does not count. */
    @Test
    void aResourcesOwnPolicyDoesNotOpenTheGuard() {
        JsonNode open = Json.read("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*",
                 "Principal":{"AWS":"%s"}}]}""".formatted(agent.arn()));
        Calls.of("""
                denied  | sqs:PurgeQueue        | backstop-activity
                denied  | sns:Publish           | backstop-alerts
                denied  | lambda:InvokeFunction | function:backstop-restore:live
                denied  | dynamodb:DeleteItem   | table/backstop
                allowed | sqs:PurgeQueue        | web
                """).judge(agent.calling(open));
        JsonNode trust = Json.read(Json.write(open)
                .replace("\"Action\":\"*\"", "\"Action\":\"sts:AssumeRole\"")
                .replace("\"Resource\":\"*\",", ""));
        Calls.of("denied | sts:AssumeRole | role/admin").judge(agent.calling(trust));
    }

    /** On each resource that a deny depends on, the changes that IAM still lets the agent make. */
    private static List<String> changesLeft(String ownRole) {
        Map<String, List<String>> resources = Map.of(
                "role", List.of(ownRole),
                "policy", List.of(AgentSelector.BOUNDARY, "policy/agents/deployer-Policy", "policy/BackstopOnCall"),
                "user", List.of("user/agents/new"),
                "group", List.of("group/agents"),
                "instance-profile", List.of("instance-profile/agents/web"));
        List<IamRequest> asked = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (IamAction action : IamSimulator.actions("iam")) {
            if (action.readOnly()) {
                continue;
            }
            for (String type : action.resourceTypes().isEmpty() ? List.of("") : action.resourceTypes()) {
                for (String resource : resources.getOrDefault(type, List.of(type.isEmpty() ? "*" : type + "/x"))) {
                    for (String boundaryOfTheOther : List.of(AgentBoundaryArn.OURS, AgentBoundaryArn.ANOTHER)) {
                        seen.add(action.name());
                        asked.add(new Calls.Call(
                                        "",
                                        action.name(),
                                        Calls.arn("iam:", resource),
                                        Map.of("iam:PermissionsBoundary", boundaryOfTheOther))
                                .by(agent));
                    }
                }
            }
        }
        assertTrue(
                seen.containsAll(Set.of(
                        "iam:DeleteRolePolicy",
                        "iam:PutRolePolicy",
                        "iam:DetachRolePolicy",
                        "iam:DeleteRolePermissionsBoundary",
                        "iam:PutRolePermissionsBoundary",
                        "iam:CreatePolicyVersion",
                        "iam:SetDefaultPolicyVersion",
                        "iam:UpdateAssumeRolePolicy",
                        "iam:TagRole",
                        "iam:CreateRole")),
                seen.toString());
        List<String> decided = IamSimulator.decide(asked);
        Set<String> left = new TreeSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!decided.get(i).endsWith("Denied")) {
                left.add(asked.get(i).action() + " "
                        + asked.get(i).resource().substring("arn:aws:iam::123456789012:".length()));
            }
        }
        return List.copyOf(left);
    }

    /** Boundaries that a request may carry, or that the role at hand may have. */
    private static final class AgentBoundaryArn {
        static final String OURS = "arn:aws:iam::123456789012:" + AgentSelector.BOUNDARY;
        static final String ANOTHER = "arn:aws:iam::aws:policy/AdministratorAccess";
    }
}
