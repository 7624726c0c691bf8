package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Ruler;

/** The heartbeat's rule and {@link Heartbeat#made} say the same of every record. */
class HeartbeatRuleTest {
    private static final Account HERE = new Account("aws", Records.ACCOUNT);
    private static final String PATTERN = Json.write(HeartbeatRule.pattern(HERE));
    private static final String BEAT = Json.write(Records.heartbeat().json());

    @Test
    void theCanarysDryRunMatches() throws Exception {
        assertTrue(heard(BEAT));
        assertTrue(heard(BEAT.replace("DryRunOperation", "VPCIdNotSpecified")), "an account without a default VPC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role/agents/backstop-canary  | role/agents/deployer             | another agent's dry run",
                "role/agents/backstop-canary  | role/team/agents/backstop-canary | a role that ends alike",
                "\"sourceIdentity\":\"sess_heartbeat | \"sourceIdentity\":\"sess_drill-1 | another session of the canary",
                "Client.DryRunOperation       | Client.UnauthorizedOperation     | a refused call",
                "\"errorCode\"              | \"noError\"                    | a call that was no dry run",
                "CreateSecurityGroup          | RunInstances                     | a dry run of something else"
            })
    void nothingElseDoes(String was, String is, String what) throws Exception {
        String other = BEAT.replace(was, is);
        assertFalse(other.equals(BEAT), what);
        assertFalse(heard(other), what);
    }

    @Test
    void theCanaryOfAnotherAccountIsNotHeard() throws Exception {
        String other = BEAT.replace("iam::" + Records.ACCOUNT, "iam::444455556666");
        assertFalse(Ruler.matchesRule(Json.write(EventEnvelope.around(record(other))), PATTERN));
    }

    @Test
    void noRuleOfTheCatalogueTakesItForAFinding() {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
        assertEquals(List.of(), new PatternMatcher(book, HERE).match(EventEnvelope.around(Records.heartbeat())));
    }

    private static boolean heard(String record) throws Exception {
        boolean matched = Ruler.matchesRule(Json.write(EventEnvelope.around(record(record))), PATTERN);
        assertEquals(matched, Heartbeat.made(record(record)), record);
        return matched;
    }

    private static CloudTrailRecord record(String json) {
        return CloudTrailRecord.of(Json.read(json), "test");
    }
}
