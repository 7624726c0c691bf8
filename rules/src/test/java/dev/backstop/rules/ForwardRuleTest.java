package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Ruler;

/** What a further Region sends home, by the engine that EventBridge itself uses. */
class ForwardRuleTest {
    private static final Account HERE = new Account("aws", Records.ACCOUNT);
    private static final AgentSelector WITHOUT_ROLES = new AgentSelector(List.of(), List.of("sess_"), List.of());
    private static final String PERSON = "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/maria\"}";
    private static final String AGENT = Records.agent("sess_a8f3b21c");
    private static final CloudTrailRecord ISSUED = Records.issued("sess_a8f3b21c", "jordan", "backend-api");

    @ParameterizedTest
    @CsvSource({"ec2, CreateVolume", "s3, DeleteBucket", "ec2, DescribeInstances", "sts, GetCallerIdentity"})
    void everyCallOfAnAgentIs(String service, String call) throws Exception {
        CloudTrailRecord record = Records.call(service, call, "{}", "null");
        for (AgentSelector agents : List.of(AgentSelector.DEFAULT, WITHOUT_ROLES)) {
            assertTrue(forwards(agents, event(record, AGENT)));
            assertTrue(forwards(
                    agents, event(record, AGENT).replace("\"eventID\"", "\"errorCode\":\"AccessDenied\",\"eventID\"")));
            assertEquals(false, forwards(agents, event(record, PERSON)));
        }
    }

    @Test
    void credentialsOfAnAgentRoleAreWhoeverAsksForThem() throws Exception {
        assertTrue(forwards(AgentSelector.DEFAULT, event(ISSUED, PERSON)));
        String otherRole = event(ISSUED, PERSON)
                .replace("\"roleArn\":\"" + Records.ROLE, "\"roleArn\":\"arn:aws:iam::111122223333:role/x");
        assertEquals(false, forwards(AgentSelector.DEFAULT, otherRole));
        String refused = event(ISSUED, PERSON).replace("\"eventID\"", "\"errorCode\":\"AccessDenied\",\"eventID\"");
        assertEquals(false, forwards(AgentSelector.DEFAULT, refused));
    }

    @Test
    void whatBaselinesAreKeptOfIsWhoeverChangesIt() throws Exception {
        for (AgentSelector agents : List.of(AgentSelector.DEFAULT, WITHOUT_ROLES)) {
            CloudTrailRecord opened = Records.authorized("[]");
            assertTrue(forwards(agents, event(opened, PERSON)));
            assertEquals(false, forwards(agents, refused(event(opened, PERSON))));
            assertEquals(false, forwards(agents, event(Records.call("ec2", "CreateVpc", "{}", "null"), PERSON)));
        }
    }

    @Test
    void aForgedEventIsNot() throws Exception {
        String forged = event(ISSUED, AGENT).replace("\"source\":\"aws.sts\"", "\"source\":\"mine\"");
        assertEquals(false, forwards(AgentSelector.DEFAULT, forged));
    }

    private static String refused(String event) {
        return event.replace("\"eventID\"", "\"errorCode\":\"AccessDenied\",\"eventID\"");
    }

    private static String event(CloudTrailRecord record, String caller) {
        CloudTrailRecord by = CloudTrailRecord.of(
                ((ObjectNode) record.json().deepCopy()).set("userIdentity", Json.read(caller)), "test");
        return Json.write(EventEnvelope.around(by));
    }

    private static boolean forwards(AgentSelector agents, String event) throws Exception {
        return Ruler.matchesRule(event, Json.write(ForwardRule.pattern(agents, HERE)));
    }
}
