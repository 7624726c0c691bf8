package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes back the sharing of an image or a snapshot that one ModifyImageAttribute or ModifySnapshotAttribute call added,
 * with other accounts, organizations or everybody; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html">the API</a>. A copy that
 * somebody made meanwhile stays theirs. No source has the grants before the call: one that it only repeated goes as well.
 */
final class UnshareDisk implements Remediation {
    @Override
    public String id() {
        return "unshare-image-or-snapshot";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        JsonNode request = record.request();
        String image = Json.text(request, "imageId");
        String snapshot = Json.text(request, "snapshotId");
        Set<String> added = new TreeSet<>();
        for (String permission : List.of("launchPermission", "createVolumePermission")) {
            added.addAll(grantees(request.path(permission).path("add").path("items")));
        }
        if ("add".equals(Json.text(request, "operationType"))) {
            added.addAll(legacy(request));
        }
        added.remove(record.account());
        if (record.eventSource().equals("rds.amazonaws.com")) {
            return new Plan.Refused("snapshots of databases are made private again by hand, with"
                    + " modify-db-snapshot-attribute or modify-db-cluster-snapshot-attribute and --values-to-remove");
        }
        if (added.isEmpty() || (image == null && snapshot == null)) {
            return new Plan.Refused(
                    "the record does not say whom the call shared what with: look at who it is shared with");
        }
        Resource disk = image != null
                ? new Resource("AWS::EC2::Image", image, record.region(), record.account())
                : new Resource("AWS::EC2::Snapshot", String.valueOf(snapshot), record.region(), record.account());
        return new Plan.Steps(List.of(new WithdrawGrants(disk, added)));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeImageAttribute", Ec2Arns.IMAGE),
                new Permission("ec2:ModifyImageAttribute", Ec2Arns.IMAGE),
                new Permission("ec2:DescribeSnapshotAttribute", Ec2Arns.SNAPSHOT),
                new Permission("ec2:ModifySnapshotAttribute", Ec2Arns.SNAPSHOT));
    }

    /** Everybody is a {@code group}, which some records spell {@code groups}. */
    private static List<String> grantees(JsonNode items) {
        return Json.items(items).stream()
                .flatMap(item -> Stream.of("userId", "group", "groups", "organizationArn", "organizationalUnitArn")
                        .flatMap(field -> Json.values(item, field).stream()))
                .toList();
    }

    /** The call's older form, which names the kinds of grantees in lists of their own. */
    private static List<String> legacy(JsonNode request) {
        return Stream.of(
                        "userIds.items.userId",
                        "groups.items.group",
                        "organizationArns.items.organizationArn",
                        "organizationalUnitArns.items.organizationalUnitArn")
                .flatMap(path -> Json.values(request, path).stream())
                .toList();
    }
}
