package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes back the security group rules that one Authorize call added, by the rule ids in its response; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html">the API</a>.
 * The response is the same whichever way the request was written. Rules of other calls, older or newer, are not touched.
 */
final class RevokeAddedRules implements Remediation {
    @Override
    public String id() {
        return "revoke-added-security-group-rules";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Map<Place, List<GroupRule>> added = new LinkedHashMap<>();
        for (GroupRule rule : SecurityGroupRecords.rules(record, "securityGroupRuleSet")) {
            added.computeIfAbsent(new Place(rule.groupId(), rule.egress()), _ -> new ArrayList<>())
                    .add(rule);
        }
        if (added.isEmpty()) {
            return new Plan.Refused("the record does not say which rules the call added: compare the group with the"
                    + " request, and take back by hand what is not wanted: " + byHand(record));
        }
        List<Step<?>> steps = new ArrayList<>();
        added.forEach((place, rules) -> steps.add(
                new RevokeGroupRules(SecurityGroupRecords.group(record, place.groupId()), place.egress(), rules)));
        return new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission("ec2:RevokeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:RevokeSecurityGroupEgress", Ec2Arns.GROUP),
                // To add them again.
                new Permission("ec2:DescribeSecurityGroups", "*"),
                new Permission("ec2:AuthorizeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:AuthorizeSecurityGroupEgress", Ec2Arns.GROUP));
    }

    /** By value, and of the group by the name that the call used for it: a person looks first. */
    private static String byHand(CloudTrailRecord record) {
        String id = Json.text(record.request(), "groupId");
        String name = Json.text(record.request(), "groupName");
        return Command.line(
                "aws",
                "ec2",
                record.eventName().endsWith("Egress")
                        ? "revoke-security-group-egress"
                        : "revoke-security-group-ingress",
                "--region",
                record.region(),
                id == null ? "--group-name" : "--group-id",
                id != null ? id : name != null ? name : "unknown",
                "--ip-permissions",
                IpPermissions.json(IpPermissions.requested(record, "")));
    }

    private record Place(String groupId, boolean egress) {}
}
