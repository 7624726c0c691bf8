package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.Calls.Call;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.AgentSelector;
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

/**
 * What the guard's functions can change in IAM: every function of the synthesized stack × every action that changes
 * something × every kind of identity, by an IAM evaluator that we did not write.
 */
class GuardReachTest {
    private static final Map<String, List<String>> IDENTITIES = Map.of(
            "role",
            List.of(
                    "role/agents/deployer",
                    "role/agents/team/deployer",
                    "role/agent-deploy-role",
                    "role/production",
                    "role/team/agents/deployer",
                    "role/backstop-revoke",
                    "role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1",
                    "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
                    "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1"),
            "user",
            List.of("user/maria", "user/agents/bot"),
            "group",
            List.of("group/agents"),
            "policy",
            List.of("policy/agents/backstop-boundary", "policy/production"),
            "instance-profile",
            List.of("instance-profile/agents/web"));

    private static final List<String> BOTH = List.of("backstop-revoke", "backstop-restore");
    private static final List<String> REVOKE = List.of("backstop-revoke");
    private static final List<String> AGENT_ROLES =
            List.of("role/agents/deployer", "role/agents/team/deployer", "role/agent-deploy-role");
    private static final List<String> USERS = List.of("user/maria", "user/agents/bot");

    /** By default exactly the roles that the selector selects; what was attached to them or detached, revoke undoes. */
    private static final Set<String> ROLE_EDITS = both(
            everyCombination(BOTH, List.of("iam:PutRolePolicy", "iam:DeleteRolePolicy"), AGENT_ROLES),
            everyCombination(REVOKE, List.of("iam:AttachRolePolicy", "iam:DetachRolePolicy"), AGENT_ROLES));

    /** What a session gave a user of any name can be taken from it, and nothing can be given to one. */
    private static final Set<String> USER_EDITS = both(
            everyCombination(BOTH, List.of("iam:UpdateAccessKey"), USERS),
            everyCombination(
                    REVOKE, List.of("iam:DeleteLoginProfile", "iam:DeleteUserPolicy", "iam:DetachUserPolicy"), USERS));

    private static final String NO_BOUNDARY = "";
    private static final String OURS = "arn:aws:iam::123456789012:" + AgentSelector.BOUNDARY;
    private static final String ANOTHERS = "arn:aws:iam::123456789012:policy/backstop-boundary";

    private static Synthesized byDefault;
    private static Synthesized narrow;

    @BeforeAll
    static void synthesize() {
        byDefault = Synthesized.home(Map.of());
        narrow = Synthesized.home(Map.of("requireBoundary", "true"));
    }

    @Test
    void exactlyThePoliciesOfAgentRolesAndWhatLetsAUserInCanBeChanged() {
        for (String boundary : List.of(NO_BOUNDARY, OURS, ANOTHERS)) {
            assertEquals(both(ROLE_EDITS, USER_EDITS), changes(byDefault, boundary), boundary);
        }
    }

    @Test
    void requiringTheBoundaryLeavesTheRolesThatCarryIt() {
        assertEquals(both(ROLE_EDITS, USER_EDITS), changes(narrow, OURS));
        assertEquals(USER_EDITS, changes(narrow, NO_BOUNDARY));
        assertEquals(USER_EDITS, changes(narrow, ANOTHERS));
    }

    /** The comparison before a write needs it, whatever the boundary. */
    @Test
    void bothMayReadWhatTheyEdit() {
        for (Synthesized stack : List.of(byDefault, narrow)) {
            for (String function : List.of("backstop-revoke", "backstop-restore")) {
                Calls.of("""
                        allowed     | iam:GetRolePolicy    | role/agents/deployer
                        allowed     | iam:ListRolePolicies | role/agent-deploy-role
                        not allowed | iam:GetRolePolicy    | role/production
                        not allowed | iam:ListRoles        | *
                        not allowed | sts:AssumeRole       | role/agents/deployer
                        not allowed | lambda:UpdateFunctionCode | function:backstop-revoke
                        """).judge(caller(stack, function));
            }
        }
    }

    @Test
    void aSelectorWithoutRolesLeavesNoRoleToEdit() {
        Synthesized none = Synthesized.home(Map.of("agentRoles", ""));
        assertEquals(USER_EDITS, changes(none, OURS));
    }

    /**
     * Whoever held revoke's role could write any policy, not only a deny. Into a role with the boundary it could be one
     * that allows everything, and would still allow nothing that the boundary does not.
     */
    @Test
    void whateverIsWrittenIntoABoundedRoleStaysWithinTheBoundary() {
        JsonNode boundary = narrow.managedPolicy(AgentSelector.BOUNDARY_NAME);
        List<IamRequest> asked = new ArrayList<>();
        Caller written = new Caller("deployer", List.of(IamRequest.EVERYTHING), boundary);
        Caller boundaryItself = new Caller("deployer", List.of(boundary), null);
        List<Call> calls = new ArrayList<>();
        for (String service : List.of("iam", "sts", "lambda", "events", "sns", "sqs", "dynamodb", "cloudformation")) {
            IamSimulator.actions(service).stream()
                    .filter(action -> action.resourceTypes().isEmpty())
                    .map(action -> new Call("", action.name(), "*", Map.of()))
                    .forEach(calls::add);
        }
        IDENTITIES.values().stream()
                .flatMap(List::stream)
                .filter(resource -> resource.startsWith("role/"))
                .forEach(role -> List.of("iam:PutRolePolicy", "iam:PassRole", "sts:AssumeRole")
                        .forEach(action -> calls.add(new Call("", action, Calls.arn(action, role), Map.of()))));
        calls.forEach(call -> asked.add(call.by(written)));
        calls.forEach(call -> asked.add(call.by(boundaryItself)));
        List<String> decided = IamSimulator.decide(asked);
        for (int i = 0; i < calls.size(); i++) {
            assertEquals(
                    decided.get(i + calls.size()),
                    decided.get(i),
                    calls.get(i).action() + " " + calls.get(i).resource());
        }
    }

    private static Set<String> changes(Synthesized stack, String boundaryOfTheRole) {
        List<String> functions = stack.ofType("AWS::Lambda::Function").values().stream()
                .map(function -> function.path("FunctionName").asText())
                .toList();
        assertTrue(functions.size() >= 4, functions.toString());
        List<String> labels = new ArrayList<>();
        List<IamRequest> asked = new ArrayList<>();
        Map<String, Object> context =
                boundaryOfTheRole.isEmpty() ? Map.of() : Map.of("iam:PermissionsBoundary", boundaryOfTheRole);
        for (IamAction action : IamSimulator.actions("iam")) {
            List<String> resources = action.resourceTypes().isEmpty()
                    ? List.of("*")
                    : action.resourceTypes().stream()
                            .flatMap(type -> IDENTITIES.getOrDefault(type, List.of(type + "/x")).stream())
                            .toList();
            for (String resource : action.readOnly() ? List.<String>of() : resources) {
                for (String function : functions) {
                    labels.add(function + " " + action.name() + " " + resource);
                    asked.add(new Call("", action.name(), Calls.arn("iam:", resource), context)
                            .by(caller(stack, function)));
                }
            }
        }
        List<String> decided = IamSimulator.decide(asked);
        Set<String> possible = new TreeSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!decided.get(i).endsWith("Denied")) {
                possible.add(labels.get(i));
            }
        }
        return possible;
    }

    private static Set<String> everyCombination(List<String> functions, List<String> actions, List<String> resources) {
        Set<String> all = new TreeSet<>();
        for (String function : functions) {
            actions.forEach(action -> resources.forEach(resource -> all.add(function + " " + action + " " + resource)));
        }
        return all;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Caller caller(Synthesized stack, String function) {
        return new Caller(function, stack.inlinePolicies(function), null);
    }
}
