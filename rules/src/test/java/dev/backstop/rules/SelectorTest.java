package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Ruler;

/** Holds the selector's two forms together: what EventBridge matches is what the code takes for an agent. */
class SelectorTest {
    private static final AgentSelector WITH_NAMES =
            new AgentSelector(List.of("agents/", "agent-"), List.of("sess_"), List.of("shared/claude-"));

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:role/agent-deploy-role, agent-deploy-role/x, , true",
        "arn:aws:iam::111122223333:role/agents/deploy, deploy/x, , true",
        "arn:aws:iam::111122223333:role/my-agent-role, my-agent-role/x, , false",
        "arn:aws:iam::111122223333:role/people/agent-x, agent-x/x, , false",
        "arn:aws:iam::111122223333:role/deploy, deploy/x, sess_a8f3b21c, true",
        "arn:aws:iam::111122223333:role/deploy, deploy/sess_a8f3b21c, jordan, false",
        "arn:aws:iam::111122223333:role/shared, shared/claude-1, , true",
        "arn:aws:iam::111122223333:role/shared, shared/human-1, , false",
        "arn:aws:iam::111122223333:role/other, other/claude-1, , false",
        "arn:aws:iam::444455556666:role/agent-deploy-role, agent-deploy-role/x, , true"
    })
    void patternAndCodeAgree(String issuer, String roleAndSession, String sourceIdentity, boolean agent)
            throws Exception {
        ObjectNode identity = Json.object();
        identity.put("type", "AssumedRole");
        identity.put("principalId", "AROA:" + roleAndSession.split("/")[1]);
        String account = issuer.split(":")[4];
        identity.put("arn", "arn:aws:sts::" + account + ":assumed-role/" + roleAndSession);
        ObjectNode context = identity.putObject("sessionContext");
        context.putObject("sessionIssuer").put("arn", issuer);
        if (sourceIdentity != null) {
            context.put("sourceIdentity", sourceIdentity);
        }
        ObjectNode json =
                Records.call("ec2", "DescribeInstances", "null", "null").json().deepCopy();
        json.set("userIdentity", identity);
        assertEquals(agent, WITH_NAMES.selects(CloudTrailRecord.of(json, "test").caller()));
        for (Account place : List.of(Account.ANY, new Account("aws", account))) {
            ObjectNode pattern = Json.object();
            pattern.set("userIdentity", WITH_NAMES.callerPattern(place));
            assertEquals(agent, Ruler.matchesRule(Json.write(json), Json.write(pattern)), place.toString());
        }
    }
}
