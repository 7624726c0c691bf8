package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Tables.Backup;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a deleted table can be restored from. */
record DeletedTable(Resource resource) implements ByHand<DeletedTable.Live> {
    /** Whether one of that name exists, and what backups there are. */
    record Live(boolean exists, List<Backup> backups) {}

    @Override
    public String action() {
        return "dynamodb:RestoreTableFromBackup";
    }

    @Override
    public String summary() {
        return "restore table " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "dynamodb",
                "list-backups",
                "--region",
                resource.region(),
                "--backup-type",
                "ALL",
                "--table-name",
                resource.id());
    }

    @Override
    public Live read(Aws aws) {
        return new Live(aws.tables().exists(resource.id()), aws.tables().backups(resource.id()));
    }

    /** The backup that DynamoDB makes when a table is deleted is the newest, so it comes first. */
    @Override
    public Comparison compare(Live live) {
        if (live.exists()) {
            return new Comparison.NothingLeft("there is a table of that name again");
        }
        return new Comparison.MustNot(live.backups().stream()
                .min(Comparator.comparing(backup -> !backup.kind().equals("SYSTEM")))
                .map(backup -> "cannot be undone: the table is gone; to restore a backup, run: " + restore(backup))
                .orElse(
                        "cannot be undone: DynamoDB has no backup of it, as it had no point-in-time recovery; look into AWS"
                                + " Backup and exports"));
    }

    @Override
    public String show(Live live) {
        String backups = live.backups().stream()
                .map(backup -> backup.kind() + " " + backup.arn())
                .sorted()
                .collect(Collectors.joining(", "));
        return (live.exists() ? "there" : "gone") + (backups.isEmpty() ? "; no backups" : "; backups: " + backups);
    }

    private String restore(Backup backup) {
        return Command.line(
                "aws",
                "dynamodb",
                "restore-table-from-backup",
                "--region",
                resource.region(),
                "--target-table-name",
                resource.id(),
                "--backup-arn",
                backup.arn());
    }
}
