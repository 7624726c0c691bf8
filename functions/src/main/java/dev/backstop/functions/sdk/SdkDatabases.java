package dev.backstop.functions.sdk;

import dev.backstop.core.port.Databases;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.waiters.RdsWaiter;

/** Database instances in RDS. */
public record SdkDatabases(RdsClient rds) implements Databases {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "rds:DescribeDBInstances",
            "rds:ModifyDBInstance",
            "rds:DescribeDBSnapshots",
            "rds:DescribeDBInstanceAutomatedBackups");

    private static final WaiterOverrideConfiguration A_MINUTE = WaiterOverrideConfiguration.builder()
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofSeconds(5)))
            .maxAttempts(13)
            .waitTimeout(Duration.ofMinutes(1))
            .build();

    @Override
    public Optional<Database> find(String id) {
        try {
            return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                    .findFirst()
                    .map(SdkDatabases::database);
        } catch (DbInstanceNotFoundException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Database> withResourceId(String resourceId) {
        Filter ofData =
                Filter.builder().name("dbi-resource-id").values(resourceId).build();
        return rds.describeDBInstances(request -> request.filters(ofData)).dbInstances().stream()
                .findFirst()
                .map(SdkDatabases::database);
    }

    @Override
    public void modify(String id, Map<Setting, String> values, boolean now) {
        ModifyDbInstanceRequest.Builder request =
                ModifyDbInstanceRequest.builder().dbInstanceIdentifier(id).applyImmediately(now);
        values.forEach((setting, value) -> {
            var _ =
                    switch (setting) {
                        case CLASS -> request.dbInstanceClass(value);
                        case PUBLICLY_ACCESSIBLE -> request.publiclyAccessible(Boolean.valueOf(value));
                        case DELETION_PROTECTION -> request.deletionProtection(Boolean.valueOf(value));
                        case BACKUP_RETENTION -> request.backupRetentionPeriod(Integer.valueOf(value));
                    };
        });
        rds.modifyDBInstance(request.build());
    }

    @Override
    public void awaitAvailable(String id) {
        try (RdsWaiter waiter =
                RdsWaiter.builder().client(rds).overrideConfiguration(A_MINUTE).build()) {
            waiter.waitUntilDBInstanceAvailable(request -> request.dbInstanceIdentifier(id));
        }
    }

    @Override
    public List<Backup> backups(String id) {
        return Stream.concat(snapshots(id), automated(id)).toList();
    }

    private Stream<Backup> snapshots(String id) {
        try {
            return rds.describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(id)).dbSnapshots().stream()
                    .map(found -> new Backup(found.snapshotType(), found.dbSnapshotIdentifier(), found.status()))
                    .toList()
                    .stream();
        } catch (DbInstanceNotFoundException | DbSnapshotNotFoundException _) {
            return Stream.of();
        }
    }

    private Stream<Backup> automated(String id) {
        try {
            return rds
                    .describeDBInstanceAutomatedBackupsPaginator(request -> request.dbInstanceIdentifier(id))
                    .dbInstanceAutomatedBackups()
                    .stream()
                    .map(found -> new Backup("point in time", found.dbiResourceId(), found.status()))
                    .toList()
                    .stream();
        } catch (DbInstanceNotFoundException | DbInstanceAutomatedBackupNotFoundException _) {
            return Stream.of();
        }
    }

    private static Database database(DBInstance found) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        put(values, Setting.CLASS, found.dbInstanceClass());
        put(values, Setting.PUBLICLY_ACCESSIBLE, found.publiclyAccessible());
        put(values, Setting.DELETION_PROTECTION, found.deletionProtection());
        put(values, Setting.BACKUP_RETENTION, found.backupRetentionPeriod());
        PendingModifiedValues none = PendingModifiedValues.builder().build();
        PendingModifiedValues waiting = found.pendingModifiedValues() == null ? none : found.pendingModifiedValues();
        Map<Setting, String> pending = new EnumMap<>(Setting.class);
        put(pending, Setting.CLASS, waiting.dbInstanceClass());
        put(pending, Setting.BACKUP_RETENTION, waiting.backupRetentionPeriod());
        PendingModifiedValues rest = waiting.toBuilder()
                .dbInstanceClass(null)
                .backupRetentionPeriod(null)
                .build();
        return new Database(
                found.dbInstanceIdentifier(),
                found.dbInstanceStatus(),
                values,
                pending,
                !rest.equals(none),
                found.tagList().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    private static void put(Map<Setting, String> values, Setting setting, @Nullable Object value) {
        if (value != null) {
            values.put(setting, value.toString());
        }
    }
}
