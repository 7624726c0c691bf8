package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html">deleted
 * database</a> can be restored from. The response holds its whole last configuration.
 */
final class DescribeDeletedDatabase implements Remediation {
    @Override
    public String id() {
        return "describe-deleted-database";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        return switch (record.eventName()) {
            case "DeleteDBInstance" -> instance(record);
            case "DeleteDBCluster" -> cluster(record);
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String rds = "arn:${Partition}:rds:${Region}:${Account}:";
        return Set.of(
                new Permission("rds:DescribeDBInstances", rds + "db:*"),
                new Permission("rds:DescribeDBSnapshots", Set.of(rds + "db:*", rds + "snapshot:*")),
                new Permission("rds:DescribeDBInstanceAutomatedBackups", Set.of(rds + "db:*", rds + "auto-backup:*")));
    }

    private static Plan instance(CloudTrailRecord record) {
        JsonNode request = record.request();
        JsonNode last = record.response();
        String id = Texts.first(request, "dBInstanceIdentifier", "dbInstanceIdentifier", "DBInstanceIdentifier");
        if (id == null) {
            return new Plan.Refused("cannot be undone, and the record does not say which database was deleted");
        }
        boolean backupsKept = "false".equals(Json.text(request, "deleteAutomatedBackups"));
        return new Plan.Steps(List.of(new DeletedDatabase(
                new Resource("AWS::RDS::DBInstance", id, record.region(), record.account()),
                was(last),
                Texts.first(request, "finalDBSnapshotIdentifier", "finalDbSnapshotIdentifier"),
                backupsKept ? Json.text(last, "dbiResourceId") : null,
                network(last))));
    }

    private static Plan cluster(CloudTrailRecord record) {
        String id = Json.text(record.request(), "dBClusterIdentifier");
        String snapshot = Texts.first(record.request(), "finalDBSnapshotIdentifier", "finalDbSnapshotIdentifier");
        if (id == null || snapshot == null) {
            return new Plan.Refused("cannot be undone: cluster " + id
                    + " was deleted without a last snapshot; look for older"
                    + " ones, run: aws rds describe-db-cluster-snapshots --region " + Command.line(record.region()));
        }
        String engine = Json.text(record.response(), "engine");
        return new Plan.Refused("cannot be undone: cluster " + id + " is gone; to restore its last snapshot, run: "
                + Command.line(
                        "aws",
                        "rds",
                        "restore-db-cluster-from-snapshot",
                        "--region",
                        record.region(),
                        "--db-cluster-identifier",
                        id,
                        "--snapshot-identifier",
                        snapshot,
                        "--engine",
                        engine == null ? "ENGINE" : engine)
                + ", then create its instances");
    }

    /** What the record says of it; what it does not say is left out. */
    private static String was(JsonNode last) {
        String engine = joined(" ", Json.text(last, "engine"), Json.text(last, "engineVersion"));
        String storage = Json.text(last, "allocatedStorage");
        String was =
                joined(", ", Json.text(last, "dBInstanceClass"), engine, storage == null ? null : storage + " GiB");
        return was.isEmpty() ? "the record says no more of it" : was;
    }

    private static String joined(String between, @Nullable String... parts) {
        return Arrays.stream(parts)
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(between));
    }

    private static List<String> network(JsonNode last) {
        List<String> options = new ArrayList<>();
        String type = Json.text(last, "dBInstanceClass");
        if (type != null) {
            options.addAll(List.of("--db-instance-class", type));
        }
        String subnets = Json.text(last.path("dBSubnetGroup"), "dBSubnetGroupName");
        if (subnets != null) {
            options.addAll(List.of("--db-subnet-group-name", subnets));
        }
        List<String> groups = Json.values(last, "vpcSecurityGroups.vpcSecurityGroupId");
        if (!groups.isEmpty()) {
            options.add("--vpc-security-group-ids");
            options.addAll(groups);
        }
        return options;
    }
}
