package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Ruler;

class SessionRuleTest {
    private static final String PATTERN =
            Json.write(SessionRule.pattern(AgentSelector.DEFAULT, new Account("aws", Records.ACCOUNT)));
    private static final String ISSUED =
            Json.write(EventEnvelope.around(Records.issued("sess_a8f3b21c", "jordan", "backend-api")));

    @Test
    void credentialsOfAnAgentRoleAreSeenWhoeverAsksForThem() throws Exception {
        String byHuman = ISSUED.replace("\"userIdentity\":", "\"was\":")
                .replace("\"eventVersion\"", "\"userIdentity\":{\"type\":\"IAMUser\"},\"eventVersion\"");
        assertEquals(true, matches(byHuman));
    }

    @Test
    void credentialsOfAnyRoleAreSeenWhenAnAgentAsks() throws Exception {
        assertEquals(
                true,
                matches(ISSUED.replace(
                        "\"roleArn\":\"" + Records.ROLE, "\"roleArn\":\"arn:aws:iam::111122223333:role/x")));
    }

    @Test
    void aFailedCallIssuesNothing() throws Exception {
        assertEquals(
                false, matches(ISSUED.replace("\"eventVersion\"", "\"errorCode\":\"AccessDenied\",\"eventVersion\"")));
    }

    @Test
    void whoAmIIsNotOfInterest() throws Exception {
        assertEquals(false, matches(ISSUED.replace("\"AssumeRole\"", "\"GetCallerIdentity\"")));
    }

    private static boolean matches(String event) throws Exception {
        JsonNode checked = Json.read(event);
        return Ruler.matchesRule(Json.write(checked), PATTERN);
    }
}
