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
import java.util.Optional;
import java.util.Set;

/**
 * Says how a person makes a deleted security group again. Backstop does not do it itself: it would be another group, with
 * another id, and whatever names the old one would have to be told.
 */
final class ReportDeletedGroup implements Remediation {
    @Override
    public String id() {
        return "report-deleted-security-group";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return group(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Optional<Resource> group = group(finding.record());
        if (group.isEmpty()) {
            return new Plan.Refused("the record does not say by its id which group the call deleted");
        }
        return FormerGroup.of(group.get(), prior)
                .<Plan>map(former -> new Plan.Steps(List.of(new LostGroup(group.get(), former))))
                .orElseGet(() -> new Plan.Refused("prior state unknown: nothing says which rules "
                        + group.get().id() + " had; cannot be undone: a deleted group gets another id"));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(new Permission("ec2:DescribeSecurityGroups", "*"));
    }

    /** The request may name the group by name alone; the response has its id, where it has anything. */
    private static Optional<Resource> group(CloudTrailRecord record) {
        String asked = Json.text(record.request(), "groupId");
        return Optional.ofNullable(asked == null ? Json.text(record.response(), "groupId") : asked)
                .map(id -> SecurityGroupRecords.group(record, id));
    }
}
