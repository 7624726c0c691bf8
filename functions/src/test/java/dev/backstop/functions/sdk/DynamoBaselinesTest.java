package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.contract.BaselinesContract;
import dev.backstop.core.contract.TestClock;
import dev.backstop.core.port.Baselines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The baselines in DynamoDB. */
class DynamoBaselinesTest extends BaselinesContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Baselines baselines() {
        return new DynamoBaselines(table, new TestClock());
    }

    @Test
    void doesNotBelieveACaptureThatHasExpiredAndIsStillThere() {
        Instant now = new TestClock().instant();
        Resource resource = new Resource("AWS::EC2::Instance", "i-2", "us-east-1", "111122223333");
        baselines().keep(resource, new Capture(now, now, Json.object().put("instanceType", "t3.micro")));

        InstantSource later = InstantSource.fixed(now.plus(Duration.ofDays(31)));
        assertEquals(
                List.of(),
                new DynamoBaselines(table, later).of(resource, later.instant()).captures());
    }
}
