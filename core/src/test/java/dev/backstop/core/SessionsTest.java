package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {
    private static final String ANSWER = """
            {"credentials":{"accessKeyId":"ASIACHILD"},"assumedRoleUser":{"assumedRoleId":"AROACHILD:%s"}}""";

    @Test
    void anStsRecordSaysWhoAnswersForASession() {
        AgentSession session = issued(Records.issued("sess_a8f3b21c", "jordan", "backend-api"));
        assertEquals("sess_a8f3b21c", session.id());
        assertEquals("jordan", session.developer());
        assertEquals("backend-api", session.project());
        assertEquals("agent-deploy-role", session.roleName());
    }

    @Test
    void aChainedSessionKnowsItsParentAndKeepsTransitiveTagsAndIdentity() {
        CloudTrailRecord record = Records.call("sts", "AssumeRole", """
                {"roleArn":"arn:aws:iam::111122223333:role/deploy","roleSessionName":"aws-go-sdk",
                 "incomingTransitiveTags":{"developer":"jordan"}}""", ANSWER.formatted("aws-go-sdk"));
        AgentSession session = issued(record);
        assertEquals("ASIAEXAMPLE-sess_a8f3b21c", session.parentAccessKeyId());
        assertEquals("sess_a8f3b21c", session.id());
        assertEquals("jordan", session.developer());
        assertNull(session.project());
    }

    @Test
    void aPersonsNameAsSourceIdentityIsNoSessionId() {
        String request = """
                {"roleArn":"%s","roleSessionName":"run-7","sourceIdentity":"jordan"}""".formatted(Records.ROLE);
        assertEquals(
                "run-7",
                issued(Records.call("sts", "AssumeRole", request, ANSWER.formatted("run-7")))
                        .id());
    }

    @Test
    void samlAndWebIdentityCarryTheirTagsInAMap() {
        String request = """
                {"roleArn":"%s","roleSessionName":"x","principalTags":{"agent-session":"sess_1","developer":"sam"}}""".formatted(Records.ROLE);
        AgentSession session = issued(Records.call("sts", "AssumeRoleWithWebIdentity", request, ANSWER.formatted("x")));
        assertEquals("sess_1 of sam", session.id() + " of " + session.developer());
    }

    @Test
    void whatIssuesNothingIsNoSession() {
        CloudTrailRecord whoAmI = Records.call("sts", "GetCallerIdentity", "null", "null");
        assertEquals(Optional.empty(), IssuedSession.of(whoAmI, AgentSelector.DEFAULT));
        ObjectNode failed = Records.issued("sess_1", "a", "b").json().deepCopy();
        failed.put("errorCode", "AccessDenied");
        assertEquals(Optional.empty(), IssuedSession.of(CloudTrailRecord.of(failed, "test"), AgentSelector.DEFAULT));
    }

    @Test
    void fromALaterRecordAloneTheOwnerIsUnknown() {
        AgentSession seen = AgentSelector.DEFAULT.session(Records.call("ec2", "RunInstances", "{}", "{}"));
        assertEquals("sess_a8f3b21c", seen.id());
        assertEquals(Records.ROLE, seen.roleArn());
        assertFalse(seen.ownerKnown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain-1.2/x_y=z | plain-1.2/x_y=z",
                "two words | 'two words'",
                "a;rm -rf / | 'a;rm -rf /'",
                "it's | 'it'\\''s'",
                "$(id) | '$(id)'"
            })
    void noValueOfARecordBecomesACommand(String value, String quoted) {
        assertEquals("aws " + quoted, Command.line("aws", value));
    }

    private static AgentSession issued(CloudTrailRecord record) {
        return IssuedSession.of(record, AgentSelector.DEFAULT).orElseThrow();
    }
}
