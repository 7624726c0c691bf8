package dev.backstop.core.port;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Database instances in RDS, and what they could be restored from; see <a
 * href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html">DBInstance</a>.
 */
public interface Databases {
    /** The instance as it is; empty when it is not there. */
    Optional<Database> find(String id);

    /** The same by the id of its data, {@code db-ABC…}, which is how AWS Config names it. */
    Optional<Database> withResourceId(String resourceId);

    /**
     * Gives settings other values; returns before they are in effect.
     *
     * @param now at once, and with it everything else that waits for the maintenance window; otherwise only what needs no
     *     interruption takes effect
     */
    void modify(String id, Map<Setting, String> values, boolean now);

    /** Returns once the instance can be modified; fails when that takes longer than a minute. */
    void awaitAvailable(String id);

    /** The snapshots and automated backups of an instance, deleted or not, in no particular order. */
    List<Backup> backups(String id);

    /**
     * One instance.
     *
     * @param status {@code available}, {@code modifying}, {@code deleting} and so on
     * @param values the settings in effect
     * @param pending the settings that wait, or are on their way, with the values they will have
     * @param morePending whether something besides those waits
     */
    record Database(
            String id,
            String status,
            Map<Setting, String> values,
            Map<Setting, String> pending,
            boolean morePending,
            Map<String, String> tags) {
        public Database {
            values = Map.copyOf(values);
            pending = Map.copyOf(pending);
            tags = Map.copyOf(tags);
        }
    }

    /** A setting that is watched. */
    enum Setting {
        CLASS("dBInstanceClass", "--db-instance-class"),
        PUBLICLY_ACCESSIBLE("publiclyAccessible", "--publicly-accessible"),
        DELETION_PROTECTION("deletionProtection", "--deletion-protection"),
        BACKUP_RETENTION("backupRetentionPeriod", "--backup-retention-period");

        private final String field;
        private final String option;

        Setting(String field, String option) {
            this.field = field;
            this.option = option;
        }

        /** What CloudTrail and AWS Config call it. */
        public String field() {
            return field;
        }

        /** What the AWS command line calls it. */
        public String option() {
            return option;
        }

        /** {@code backup retention}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Something a database can be restored from.
     *
     * @param kind {@code manual} or {@code automated} for snapshots, {@code point in time} for an automated backup
     * @param id of the snapshot; of an automated backup the id of the instance's data
     */
    record Backup(String kind, String id, String status) {}
}
