package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.contract.JournalContract;
import dev.backstop.core.port.Journal;
import java.time.InstantSource;

/** The journal in DynamoDB. */
class DynamoJournalTest extends JournalContract {
    private final BackstopTable table = TestTable.create();

    @Override
    protected Journal journal(InstantSource clock) {
        return new DynamoJournal(table, clock);
    }

    @Override
    protected JsonNode entry(Journal journal, String key) {
        var item = table.query("ACTION#" + key).getFirst();
        return Json.read(BackstopTable.attribute(item, "entry").s());
    }
}
