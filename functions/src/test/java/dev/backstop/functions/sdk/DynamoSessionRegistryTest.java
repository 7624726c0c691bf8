package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.AgentSession;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.contract.SessionRegistryContract;
import dev.backstop.core.contract.TestClock;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The session registry in DynamoDB. */
class DynamoSessionRegistryTest extends SessionRegistryContract {
    private final BackstopTable table = TestTable.create();
    private final TestClock clock = new TestClock();

    @Override
    protected SessionRegistry registry() {
        return new DynamoSessionRegistry(table, clock);
    }

    @Test
    void keepsASessionUnderAllItIsLookedForByForAWeek() {
        AgentSession one = Samples.session();
        AgentSession child = new AgentSession(
                one.id(),
                one.roleArn(),
                one.name(),
                one.principalId(),
                "ASIA2",
                one.sourceIdentity(),
                one.developer(),
                one.project(),
                Instant.parse("2026-11-23T09:59:00Z"),
                "ASIA1");

        registry().keep(child);

        String inAWeek = Long.toString(clock.instant().getEpochSecond() + 7 * 24 * 3600);
        for (String key : List.of(
                "SESSION#sess_a",
                "KEY#ASIA2",
                "NAME#agent-deploy-role#sess_a",
                "PARENT#ASIA1",
                "SOURCE#sess_a",
                "DAY#2026-11-23")) {
            var items = table.query(key);
            assertEquals(1, items.size(), key);
            assertEquals(
                    inAWeek,
                    BackstopTable.attribute(items.getFirst(), BackstopTable.TTL).n(),
                    key);
        }
    }
}
