package dev.backstop.remediations;

import dev.backstop.core.Cidr;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts back the security group rules that one Revoke call removed, description and all; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokedSecurityGroupRule.html">
 * RevokedSecurityGroupRule</a>. The record says what was removed, but not whether it was the agent's own: what lets
 * everybody in is put back only where prior state knows it, and so is what prior state knows not to have been there.
 */
final class RestoreRevokedRules implements Remediation {
    @Override
    public String id() {
        return "restore-revoked-security-group-rules";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        CloudTrailRecord record = finding.record();
        return Stream.concat(
                        recorded(record).stream().map(GroupRule::groupId),
                        Stream.ofNullable(Json.text(record.request(), "groupId")))
                .map(id -> SecurityGroupRecords.group(record, id))
                .collect(Collectors.toSet());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        List<GroupRule> removed = recorded(record);
        if (removed.isEmpty()) {
            removed = fromPriorState(record, prior);
        }
        if (removed.isEmpty()) {
            return new Plan.Refused(
                    "prior state unknown: the record does not say which rules the call removed, and what"
                            + " it asked for is in no earlier state of the group");
        }
        Map<Part, List<GroupRule>> parts = new LinkedHashMap<>();
        for (GroupRule rule : removed) {
            Optional<FormerGroup> former = FormerGroup.of(SecurityGroupRecords.group(record, rule.groupId()), prior);
            GroupRule wanted = former.flatMap(was -> was.withId(rule.ruleId())).orElse(rule);
            parts.computeIfAbsent(
                            new Part(rule.groupId(), rule.egress(), doubt(wanted, former)), _ -> new ArrayList<>())
                    .add(wanted);
        }
        List<Step<?>> steps = new ArrayList<>();
        parts.forEach((part, rules) -> steps.add(
                new PutBackRules(SecurityGroupRecords.group(record, part.groupId), part.egress, rules, part.doubt)));
        return new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeSecurityGroupRules", "*"),
                new Permission("ec2:DescribeSecurityGroups", "*"),
                new Permission("ec2:AuthorizeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:AuthorizeSecurityGroupEgress", Ec2Arns.GROUP),
                // To remove them again.
                new Permission("ec2:RevokeSecurityGroupIngress", Ec2Arns.GROUP),
                new Permission("ec2:RevokeSecurityGroupEgress", Ec2Arns.GROUP));
    }

    private static @Nullable String doubt(GroupRule rule, Optional<FormerGroup> former) {
        boolean known = former.filter(was ->
                        was.withId(rule.ruleId()).isPresent() || was.like(rule).isPresent())
                .isPresent();
        if (known) {
            return null;
        }
        if (former.filter(was -> was.knows(rule.ruleId())).isPresent()) {
            return "it was not among the rules that the group had before: the session may be cleaning up after itself";
        }
        return Cidr.isWorld(rule.peer())
                ? "prior state unknown: it lets everybody in, and nothing says that people wanted it there"
                : null;
    }

    private static List<GroupRule> recorded(CloudTrailRecord record) {
        return SecurityGroupRecords.rules(record, "revokedSecurityGroupRuleSet");
    }

    /** In a default VPC a call succeeds for rules that are not there, so the request alone proves no removal. */
    private static List<GroupRule> fromPriorState(CloudTrailRecord record, Map<Resource, PriorState> prior) {
        String groupId = Json.text(record.request(), "groupId");
        if (groupId == null) {
            return List.of();
        }
        List<String> ids = Json.values(record.request(), "securityGroupRuleIds.items.securityGroupRuleId");
        List<GroupRule> asked = IpPermissions.requested(record, groupId);
        boolean egress = record.eventName().endsWith("Egress");
        return FormerGroup.of(SecurityGroupRecords.group(record, groupId), prior).stream()
                .flatMap(former -> former.rules().stream())
                .filter(rule -> rule.egress() == egress)
                .filter(rule -> ids.contains(rule.ruleId()) || asked.stream().anyMatch(rule::allowsSameAs))
                .toList();
    }

    private record Part(
            String groupId, boolean egress, @Nullable String doubt) {}
}
