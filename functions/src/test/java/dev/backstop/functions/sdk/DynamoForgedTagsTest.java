package dev.backstop.functions.sdk;

import dev.backstop.core.contract.ForgedTagsContract;
import dev.backstop.core.port.ForgedTags;

/** Agents' exemption tags in DynamoDB. */
class DynamoForgedTagsTest extends ForgedTagsContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected ForgedTags forgedTags() {
        return new DynamoForgedTags(table);
    }
}
