package dev.backstop.cli.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/** The databases of a world on a server. */
final class Databases {
    private final RdsClient rds;
    private final Cleanup cleanup;
    private final Set<String> created = new TreeSet<>();

    Databases(RdsClient rds, Cleanup cleanup) {
        this.rds = rds;
        this.cleanup = cleanup;
    }

    void create(String id, String type) {
        rds.createDBInstance(request -> request.dbInstanceIdentifier(id)
                .dbInstanceClass(type)
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("demo")
                .manageMasterUserPassword(true));
        created.add(id);
        cleanup.add(
                "database " + id,
                () -> rds.deleteDBInstance(
                        request -> request.dbInstanceIdentifier(id).skipFinalSnapshot(true)));
    }

    void resize(String id, String type) {
        rds.modifyDBInstance(request ->
                request.dbInstanceIdentifier(id).dbInstanceClass(type).applyImmediately(true));
    }

    /** Those that are there, and their classes. */
    Map<String, String> classes() {
        Map<String, String> found = new HashMap<>();
        for (String id : created) {
            try {
                rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
                        .dbInstances()
                        .forEach(database -> found.put(id, database.dbInstanceClass()));
            } catch (DbInstanceNotFoundException _) {
                // Then it is not among those that are there.
            }
        }
        return found;
    }
}
