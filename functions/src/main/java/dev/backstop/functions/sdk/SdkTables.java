package dev.backstop.functions.sdk;

import dev.backstop.core.port.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tables in DynamoDB. */
public record SdkTables(DynamoDbClient dynamoDb) implements Tables {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("dynamodb:DescribeTable", "dynamodb:ListBackups");

    @Override
    public boolean exists(String table) {
        try {
            return dynamoDb.describeTable(request -> request.tableName(table))
                            .table()
                            .tableStatus()
                    != TableStatus.DELETING;
        } catch (ResourceNotFoundException _) {
            return false;
        }
    }

    @Override
    public List<Backup> backups(String table) {
        List<Backup> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            ListBackupsResponse page = page(table, after);
            page.backupSummaries()
                    .forEach(backup -> found.add(new Backup(backup.backupArn(), backup.backupTypeAsString())));
            after = page.lastEvaluatedBackupArn();
        } while (after != null);
        return List.copyOf(found);
    }

    private ListBackupsResponse page(String table, @Nullable String after) {
        return dynamoDb.listBackups(request ->
                request.tableName(table).backupType(BackupTypeFilter.ALL).exclusiveStartBackupArn(after));
    }
}
