package dev.backstop.functions.sdk;

import dev.backstop.core.contract.ApprovalsContract;
import dev.backstop.core.port.Approvals;

/** The approvals in DynamoDB. */
class DynamoApprovalsTest extends ApprovalsContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Approvals approvals() {
        return new DynamoApprovals(table);
    }
}
