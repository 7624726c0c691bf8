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

/** Deletes the security group that one CreateSecurityGroup call made, as long as nobody uses it. */
final class DeleteCreatedGroup implements Remediation {
    @Override
    public String id() {
        return "delete-created-security-group";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String groupId = Json.text(record.response(), "groupId");
        return groupId == null
                ? new Plan.Refused("the record does not say which group the call created")
                : new Plan.Steps(List.of(new DeleteUnusedGroup(SecurityGroupRecords.group(record, groupId))));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeSecurityGroups", "*"),
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission("ec2:DescribeNetworkInterfaces", "*"),
                new Permission("ec2:DeleteSecurityGroup", Ec2Arns.GROUP));
    }
}
