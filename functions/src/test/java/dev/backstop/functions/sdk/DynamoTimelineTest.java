package dev.backstop.functions.sdk;

import dev.backstop.core.contract.TestClock;
import dev.backstop.core.contract.TimelineContract;
import dev.backstop.core.port.Timeline;

/** The timelines in DynamoDB. */
class DynamoTimelineTest extends TimelineContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Timeline timeline() {
        return new DynamoTimeline(table, new TestClock());
    }
}
