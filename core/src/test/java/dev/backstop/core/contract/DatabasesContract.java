package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.Databases;
import dev.backstop.core.port.Databases.Backup;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Databases} does. */
public abstract class DatabasesContract {
    private static final String ID = "orders-db";
    private static final Map<Setting, String> FIRST = Map.of(
            Setting.CLASS, "db.t3.micro",
            Setting.PUBLICLY_ACCESSIBLE, "false",
            Setting.DELETION_PROTECTION, "false",
            Setting.BACKUP_RETENTION, "7");

    protected abstract Databases databases();

    /** Creates an instance that is available, as its owner would. */
    protected abstract void create(String id, Map<Setting, String> values, Map<String, String> tags);

    /** The id of an instance's data. */
    protected abstract String resourceId(String id);

    /** Takes a snapshot by hand. */
    protected abstract void snapshot(String id, String snapshotId);

    /** Deletes without a last snapshot, as an owner would. */
    protected abstract void delete(String id);

    @Test
    protected void findsAnInstanceAsItIs() {
        create(ID, FIRST, Map.of("team", "orders"));

        assertEquals(
                Optional.of(new Database(ID, "available", FIRST, Map.of(), false, Map.of("team", "orders"))),
                databases().find(ID));
        assertEquals(Optional.empty(), databases().find("nobody-db"));
        create("billing-db", FIRST, Map.of());
        assertEquals(databases().find(ID), databases().withResourceId(resourceId(ID)));
        assertEquals(Optional.empty(), databases().withResourceId("db-NOBODYS"));
    }

    @Test
    protected void changesWhatItIsAskedToAndNothingElse() {
        create(ID, FIRST, Map.of());

        databases().modify(ID, Map.of(Setting.CLASS, "db.t3.large", Setting.BACKUP_RETENTION, "1"), true);
        databases().awaitAvailable(ID);

        assertEquals(
                Map.of(
                        Setting.CLASS, "db.t3.large",
                        Setting.PUBLICLY_ACCESSIBLE, "false",
                        Setting.DELETION_PROTECTION, "false",
                        Setting.BACKUP_RETENTION, "1"),
                databases().find(ID).orElseThrow().values());
    }

    @Test
    protected void whatNeedsNoInterruptionTakesEffectWithoutBeingAskedToAtOnce() {
        create(ID, FIRST, Map.of());

        databases().modify(ID, Map.of(Setting.DELETION_PROTECTION, "true", Setting.PUBLICLY_ACCESSIBLE, "true"), false);

        Map<Setting, String> values = databases().find(ID).orElseThrow().values();
        assertEquals("true", values.get(Setting.DELETION_PROTECTION));
        assertEquals("true", values.get(Setting.PUBLICLY_ACCESSIBLE));
    }

    @Test
    protected void aClassWaitsForTheMaintenanceWindowUntilItIsTakenBack() {
        create(ID, FIRST, Map.of());

        databases().modify(ID, Map.of(Setting.CLASS, "db.r6g.4xlarge"), false);
        Database waiting = databases().find(ID).orElseThrow();
        assertEquals("db.t3.micro", waiting.values().get(Setting.CLASS));
        assertEquals(Map.of(Setting.CLASS, "db.r6g.4xlarge"), waiting.pending());

        databases().modify(ID, Map.of(Setting.CLASS, "db.t3.micro"), true);
        Database after = databases().find(ID).orElseThrow();
        assertEquals("db.t3.micro", after.values().get(Setting.CLASS));
        assertEquals(Map.of(), after.pending());
    }

    @Test
    protected void failsToChangeWhatIsNotThere() {
        assertThrows(RuntimeException.class, () -> databases()
                .modify("nobody-db", Map.of(Setting.CLASS, "db.t3.large"), true));
    }

    @Test
    protected void aSnapshotOutlivesItsInstance() {
        create(ID, FIRST, Map.of());
        snapshot(ID, "before-the-move");
        delete(ID);

        assertEquals(Optional.empty(), databases().find(ID));
        Stream<Backup> manual =
                databases().backups(ID).stream().filter(backup -> backup.kind().equals("manual"));
        assertEquals(List.of(new Backup("manual", "before-the-move", "available")), manual.toList());
        assertEquals(List.of(), databases().backups("nobody-db"));
    }
}
