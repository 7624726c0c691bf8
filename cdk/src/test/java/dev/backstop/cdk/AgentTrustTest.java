package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.Calls.Call;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.Json;
import dev.backstop.core.iam.IamSimulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ArnPrincipal;

/** Which calls open a session of an agent role, by an IAM evaluator that we did not write. */
class AgentTrustTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/agents/deployer";
    private static JsonNode trust;
    private static JsonNode otherIds;

    @BeforeAll
    static void synthesize() {
        AgentRoleOptions vended =
                AgentRoleOptions.assumedBy(new ArnPrincipal("arn:aws:iam::123456789012:role/vending"));
        Stack app = new Stack(Synthesized.app(Map.of()), "Roles");
        AgentRole.readWrite(app, "Deployer", vended.named("deployer"));
        AgentRole.readWrite(app, "Other", vended.named("other").sessionIdsBeginning("run-", "job-"));
        Synthesized stack = Synthesized.of(app);
        trust = trust(stack, "deployer");
        otherIds = trust(stack, "other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "opens    | vending | sess_1 | sess_1 | sess_1 | jordan | web | agent-session",
                "opens    | vending | sess_1 | sess_1 | sess_1 | jordan | web | agent-session,developer,project",
                // Whoever else asks.
                "refused  | admin   | sess_1 | sess_1 | sess_1 | jordan | web | agent-session",
                // Something is missing.
                "refused  | vending | sess_1 | -      | sess_1 | jordan | web | agent-session",
                "refused  | vending | sess_1 | sess_1 | -      | jordan | web | agent-session",
                "refused  | vending | sess_1 | sess_1 | sess_1 | -      | web | agent-session",
                "refused  | vending | sess_1 | sess_1 | sess_1 | jordan | -   | agent-session",
                "refused  | vending | sess_1 | sess_1 | sess_1 | jordan | web | -",
                "refused  | vending | sess_1 | sess_1 | sess_1 | jordan | web | developer",
                "refused  | vending | sess_1 | -      | -      | -      | -   | -",
                // It is not one id, or no session's id.
                "refused  | vending | sess_2 | sess_1 | sess_1 | jordan | web | agent-session",
                "refused  | vending | sess_1 | sess_2 | sess_1 | jordan | web | agent-session",
                "refused  | vending | sess_1 | sess_1 | sess_2 | jordan | web | agent-session",
                "refused  | vending | sess_1 | SESS_1 | sess_1 | jordan | web | agent-session",
                "refused  | vending | maria  | maria  | maria  | jordan | web | agent-session",
                "refused  | vending | build  | sess_1 | sess_1 | jordan | web | agent-session",
                // A wildcard in a name is a letter like any other.
                "refused  | vending | sess_* | sess_1 | sess_1 | jordan | web | agent-session",
            })
    void aSessionSaysWhoseItIs(
            String expected,
            String caller,
            String name,
            String sourceIdentity,
            String tag,
            String developer,
            String project,
            String transitive) {
        Map<String, String> tags = new HashMap<>();
        tags.put("agent-session", tag);
        tags.put("developer", developer);
        tags.put("project", project);
        assertEquals(expected, opening(trust, caller, name, sourceIdentity, tags, transitive));
    }

    @Test
    void whatIdsBeginWithIsConfiguration() {
        for (String id : List.of("run-7", "job-7", "sess_7")) {
            Map<String, String> tags = Map.of("agent-session", id, "developer", "jordan", "project", "web");
            assertEquals(
                    id.startsWith("sess_") ? "refused" : "opens",
                    opening(otherIds, "vending", id, id, tags, "agent-session"));
        }
    }

    @Test
    void furtherTagsAreFineButNoExemption() {
        Map<String, String> tags =
                new HashMap<>(Map.of("agent-session", "sess_1", "developer", "jordan", "project", "web"));
        tags.put("ticket", "7");
        assertEquals("opens", opening(trust, "vending", "sess_1", "sess_1", tags, "agent-session"));
        tags.put("backstop:exempt", "true");
        assertEquals("refused", opening(trust, "vending", "sess_1", "sess_1", tags, "agent-session"));
    }

    @Test
    void itFitsIntoATrustPolicy() {
        int characters = Json.write(trust).length();
        assertTrue(characters < 2_048, "a trust policy holds 2,048 characters, this one has " + characters);
    }

    /** AWS asks for one permission for each thing that the call says, all by the same trust policy. */
    private static String opening(
            JsonNode trust,
            String caller,
            String name,
            String sourceIdentity,
            Map<String, String> tags,
            String transitive) {
        Map<String, Object> context = new HashMap<>();
        context.put("sts:RoleSessionName", name);
        if (sourceIdentity != null) {
            context.put("sts:SourceIdentity", sourceIdentity);
        }
        List<String> keys = new ArrayList<>();
        tags.forEach((key, value) -> {
            if (value != null) {
                keys.add(key);
                context.put("aws:RequestTag/" + key, value);
            }
        });
        if (!keys.isEmpty()) {
            context.put("aws:TagKeys", keys);
        }
        if (transitive != null) {
            context.put("sts:TransitiveTagKeys", List.of(transitive.split(",")));
        }
        List<String> actions = new ArrayList<>(List.of("sts:AssumeRole"));
        if (sourceIdentity != null) {
            actions.add("sts:SetSourceIdentity");
        }
        if (!keys.isEmpty()) {
            actions.add("sts:TagSession");
        }
        Caller asking = new Caller(caller, List.of(), null).calling(trust);
        List<String> decided = IamSimulator.decide(actions.stream()
                .map(action -> new Call("", action, ROLE, context).by(asking))
                .toList());
        return decided.stream().allMatch("Allowed"::equals) ? "opens" : "refused";
    }

    private static JsonNode trust(Synthesized stack, String role) {
        return stack.named("AWS::IAM::Role", "RoleName", role).path("AssumeRolePolicyDocument");
    }
}
