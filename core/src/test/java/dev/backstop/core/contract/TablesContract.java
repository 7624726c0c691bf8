package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.port.Tables;
import dev.backstop.core.port.Tables.Backup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Tables} does. */
public abstract class TablesContract {
    private static final String TABLE = "orders";

    protected abstract Tables tables();

    /** Creates an empty table. */
    protected abstract void create(String table);

    /** Takes a backup by hand, and returns its ARN. */
    protected abstract String backUp(String table, String name);

    /** Deletes a table as its owner would. */
    protected abstract void delete(String table);

    @Test
    protected void knowsWhetherATableIsThere() {
        assertFalse(tables().exists(TABLE));
        create(TABLE);
        assertTrue(tables().exists(TABLE));
        delete(TABLE);
        assertFalse(tables().exists(TABLE));
    }

    @Test
    protected void aBackupOutlivesItsTable() {
        create(TABLE);
        String arn = backUp(TABLE, "before-the-move");
        delete(TABLE);

        assertEquals(List.of(new Backup(arn, "USER")), tables().backups(TABLE));
        assertEquals(List.of(), tables().backups("nobodys"));
    }
}
