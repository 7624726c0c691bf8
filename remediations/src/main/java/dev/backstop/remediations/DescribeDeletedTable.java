package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what a deleted table can be restored from: DynamoDB makes a last <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">backup</a>
 * of one that had point-in-time recovery.
 */
final class DescribeDeletedTable implements Remediation {
    @Override
    public String id() {
        return "describe-deleted-table";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String name = Json.text(record.response().path("tableDescription"), "tableName");
        String asked = Json.text(record.request(), "tableName");
        if (!record.eventName().equals("DeleteTable") || (name == null && asked == null)) {
            return Texts.notUndone(record);
        }
        String table = name == null ? String.valueOf(asked).replaceFirst("^arn:.*:table/", "") : name;
        return new Plan.Steps(List.of(
                new DeletedTable(new Resource("AWS::DynamoDB::Table", table, record.region(), record.account()))));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("dynamodb:DescribeTable", "arn:${Partition}:dynamodb:${Region}:${Account}:table/*"),
                new Permission("dynamodb:ListBackups", "*"));
    }
}
