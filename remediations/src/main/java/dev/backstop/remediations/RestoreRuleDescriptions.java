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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives security group rules back the descriptions they had before one UpdateSecurityGroupRuleDescriptions call; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html">the
 * API</a>. The call names rules by value or by id, and the former descriptions come from prior state.
 */
final class RestoreRuleDescriptions implements Remediation {
    @Override
    public String id() {
        return "restore-security-group-rule-descriptions";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return group(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Optional<Resource> group = group(record);
        if (group.isEmpty()) {
            return new Plan.Refused("the record does not say which group the call changed");
        }
        Optional<FormerGroup> former = FormerGroup.of(group.get(), prior);
        if (former.isEmpty()) {
            return new Plan.Refused("prior state unknown: nothing says how the rules of "
                    + group.get().id() + " were described before the call");
        }
        List<ModifiedRule> changed = new ArrayList<>();
        for (GroupRule asked : IpPermissions.requested(record, group.get().id())) {
            former.get().like(asked).ifPresent(was -> changed.add(new ModifiedRule(asked, was)));
        }
        JsonNode byId = record.request().path("securityGroupRuleDescriptions").path("items");
        for (JsonNode item : Json.items(byId)) {
            former.get()
                    .withId(item.path("securityGroupRuleId").asText())
                    .ifPresent(
                            was -> changed.add(new ModifiedRule(was.describedAs(Json.text(item, "description")), was)));
        }
        return changed.isEmpty()
                ? new Plan.Refused(
                        "prior state unknown: the rules that the call described were not in the group before")
                : new Plan.Steps(List.of(
                        new RedescribeRules(group.get(), record.eventName().endsWith("Egress"), changed)));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission("ec2:UpdateSecurityGroupRuleDescriptionsIngress", Ec2Arns.GROUP),
                new Permission("ec2:UpdateSecurityGroupRuleDescriptionsEgress", Ec2Arns.GROUP));
    }

    private static Optional<Resource> group(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(record.request(), "groupId"))
                .map(id -> SecurityGroupRecords.group(record, id));
    }
}
