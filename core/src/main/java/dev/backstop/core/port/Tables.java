package dev.backstop.core.port;

import java.util.List;

/** Tables in DynamoDB, and what they could be restored from. */
public interface Tables {
    /** Whether a table is there and not being deleted. */
    boolean exists(String table);

    /** The backups of a table, deleted or not, in no particular order. */
    List<Backup> backups(String table);

    /**
     * One backup.
     *
     * @param kind {@code USER}, {@code SYSTEM} for the one that DynamoDB makes of a table with point-in-time recovery when
     *     it is deleted, or {@code AWS_BACKUP}
     */
    record Backup(String arn, String kind) {}
}
