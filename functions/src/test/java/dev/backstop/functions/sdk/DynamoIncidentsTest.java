package dev.backstop.functions.sdk;

import dev.backstop.core.contract.IncidentsContract;
import dev.backstop.core.port.Incidents;
import java.time.InstantSource;

/** The incidents in DynamoDB. */
class DynamoIncidentsTest extends IncidentsContract {
    private final BackstopTable table = TestTable.atomic();

    @Override
    protected Incidents incidents(InstantSource clock) {
        return new DynamoIncidents(table, clock);
    }
}
