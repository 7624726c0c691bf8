package dev.backstop.functions.sdk;

import dev.backstop.core.contract.RevocationsContract;
import dev.backstop.core.port.Revocations;

/** The revoked sessions in DynamoDB. */
class DynamoRevocationsTest extends RevocationsContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Revocations revocations() {
        return new DynamoRevocations(table);
    }
}
