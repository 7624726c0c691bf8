package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives security group rules back the values they had before one ModifySecurityGroupRules call; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html">the API</a>. The
 * record holds only the new values, so the old ones come from prior state, by rule id. AWS Config keeps no rule ids:
 * which of its former rules a changed one was is for a person to say.
 */
final class RestoreModifiedRules implements Remediation {
    @Override
    public String id() {
        return "restore-modified-security-group-rules";
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
        List<ModifiedRule> known = new ArrayList<>();
        List<GroupRule> unknown = new ArrayList<>();
        for (JsonNode update : Json.items(request(record).path("SecurityGroupRule"))) {
            String ruleId = update.path("SecurityGroupRuleId").asText();
            GroupRule was = former.flatMap(state -> state.withId(ruleId)).orElse(null);
            GroupRule asked = asked(update, ruleId, group.get().id(), was);
            if (was == null) {
                unknown.add(asked);
            } else {
                known.add(new ModifiedRule(asked, was));
            }
        }
        List<Step<?>> steps = new ArrayList<>();
        if (!known.isEmpty()) {
            steps.add(new RestoreRuleValues(group.get(), known));
            unknown.forEach(rule -> steps.add(new RuleOfUnknownOrigin(group.get(), rule)));
        }
        return steps.isEmpty() ? new Plan.Refused(refusal(group.get(), unknown, former)) : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission(
                        "ec2:ModifySecurityGroupRules", Set.of(Ec2Arns.GROUP, Ec2Arns.GROUP_RULE, Ec2Arns.PREFIX_LIST)),
                new Permission("ec2:RevokeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:RevokeSecurityGroupEgress", Ec2Arns.GROUP),
                // To add those again that went because another was equal.
                new Permission("ec2:DescribeSecurityGroups", "*"),
                new Permission("ec2:AuthorizeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:AuthorizeSecurityGroupEgress", Ec2Arns.GROUP));
    }

    private static String refusal(Resource group, List<GroupRule> changed, Optional<FormerGroup> former) {
        String now = changed.stream()
                .map(rule -> rule.ruleId() + " (now " + rule.words() + ")")
                .collect(Collectors.joining(", "));
        String then = former.map(state -> "; its rules were, without ids: "
                        + state.rules().stream().map(GroupRule::words).collect(Collectors.joining(", ")))
                .orElse("");
        return "prior state unknown: nothing says what " + now + " of " + group.id() + " allowed before the call"
                + then;
    }

    private static Optional<Resource> group(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(request(record), "GroupId"))
                .map(id -> SecurityGroupRecords.group(record, id));
    }

    private static JsonNode request(CloudTrailRecord record) {
        return record.request().path("ModifySecurityGroupRulesRequest");
    }

    /** In the names of the wire format. The direction is not in it, and what it leaves out stays. */
    private static GroupRule asked(JsonNode update, String ruleId, String groupId, @Nullable GroupRule was) {
        ObjectNode rule = was == null ? Json.object() : was.toJson();
        rule.put("securityGroupRuleId", ruleId).put("groupId", groupId);
        update.path("SecurityGroupRule").properties().forEach(field -> {
            String name = field.getKey().substring(0, 1).toLowerCase(Locale.ROOT)
                    + field.getKey().substring(1);
            if (name.startsWith("cidr") || name.startsWith("prefix") || name.startsWith("referenced")) {
                rule.remove(List.of("cidrIpv4", "cidrIpv6", "prefixListId", "referencedGroupInfo"));
            }
            rule.set(name, field.getValue());
        });
        return GroupRule.of(rule);
    }
}
