package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Databases.Backup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a deleted database was, and what it can be restored from.
 *
 * @param was what it was, in words
 * @param finalSnapshot the snapshot that the call asked for; null where it asked for none
 * @param keptData the id under which its automated backups are kept; null where the call deleted them as well
 * @param network the options that put a restored one where the deleted one was
 */
record DeletedDatabase(
        Resource resource,
        String was,
        @Nullable String finalSnapshot,
        @Nullable String keptData,
        List<String> network) implements ByHand<DeletedDatabase.Live> {
    DeletedDatabase {
        network = List.copyOf(network);
    }

    /** Whether one of that name exists, and what backups there are. */
    record Live(boolean exists, List<Backup> backups) {}

    @Override
    public String action() {
        return finalSnapshot == null && keptData != null
                ? "rds:RestoreDBInstanceToPointInTime"
                : "rds:RestoreDBInstanceFromDBSnapshot";
    }

    @Override
    public String summary() {
        return "restore database " + resource.id() + " (" + was + ")";
    }

    @Override
    public String command() {
        if (finalSnapshot != null) {
            return restore(
                    "restore-db-instance-from-db-snapshot",
                    List.of("--db-instance-identifier", resource.id(), "--db-snapshot-identifier", finalSnapshot));
        }
        if (keptData != null) {
            return restore(
                    "restore-db-instance-to-point-in-time",
                    List.of(
                            "--target-db-instance-identifier",
                            resource.id(),
                            "--source-dbi-resource-id",
                            keptData,
                            "--use-latest-restorable-time"));
        }
        return Command.line(
                        "aws",
                        "rds",
                        "describe-db-snapshots",
                        "--region",
                        resource.region(),
                        "--db-instance-identifier")
                + " " + Command.line(resource.id());
    }

    @Override
    public Live read(Aws aws) {
        boolean exists = aws.databases()
                .find(resource.id())
                .filter(database -> !database.status().equals("deleting"))
                .isPresent();
        return new Live(exists, aws.databases().backups(resource.id()));
    }

    @Override
    public Comparison compare(Live live) {
        return live.exists()
                ? new Comparison.NothingLeft("there is a database of that name again")
                : new Comparison.MustNot("cannot be undone: " + left(live.backups()));
    }

    @Override
    public String show(Live live) {
        return live.exists() ? "there" : "gone; it was " + was + "; " + left(live.backups());
    }

    private static String left(List<Backup> backups) {
        String kept = backups.stream()
                .map(backup -> backup.kind() + " " + backup.id() + " (" + backup.status() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        return kept.isEmpty()
                ? "RDS has no backup of it; look into AWS Backup and other accounts"
                : "it can be restored from " + kept;
    }

    private String restore(String call, List<String> options) {
        List<String> line = new ArrayList<>(List.of("aws", "rds", call, "--region", resource.region()));
        line.addAll(options);
        line.addAll(network);
        return Command.line(line.toArray(String[]::new));
    }
}
