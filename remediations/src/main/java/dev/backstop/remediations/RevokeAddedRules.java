package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
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
 * Rules of other calls, older or newer, are not touched.
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
        for (JsonNode item :
                Json.items(record.response().path("securityGroupRuleSet").path("items"))) {
            GroupRule rule = GroupRule.of(item);
            added.computeIfAbsent(new Place(rule.groupId(), rule.egress()), _ -> new ArrayList<>())
                    .add(rule);
        }
        if (added.isEmpty()) {
            return new Plan.Refused("the record does not say which rules the call added: compare the group with the"
                    + " request and take the rule back by hand");
        }
        List<Step<?>> steps = new ArrayList<>();
        added.forEach((place, rules) -> steps.add(new RevokeGroupRules(
                new Resource("AWS::EC2::SecurityGroup", place.groupId(), record.region(), record.account()),
                place.egress(),
                rules)));
        return new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        String group = "arn:${Partition}:ec2:${Region}:${Account}:security-group/*";
        String rule = "arn:${Partition}:ec2:${Region}:${Account}:security-group-rule/*";
        return Set.of(
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission("ec2:RevokeSecurityGroupIngress", Set.of(group, rule)),
                new Permission("ec2:RevokeSecurityGroupEgress", Set.of(group, rule)));
    }

    private record Place(String groupId, boolean egress) {}
}
