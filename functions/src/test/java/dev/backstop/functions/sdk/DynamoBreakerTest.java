package dev.backstop.functions.sdk;

import dev.backstop.core.contract.BreakerContract;
import dev.backstop.core.port.Breaker;

/** The breaker in DynamoDB. */
class DynamoBreakerTest extends BreakerContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Breaker breaker() {
        return new DynamoBreaker(table);
    }
}
