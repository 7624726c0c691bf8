package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Watchers.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Enables a rule of the guard again; one that was deleted or rewritten is brought back by a deployment. */
final class RestoreGuardRule implements Remediation {
    private static final String PREFIX = "backstop-";

    @Override
    public String id() {
        return "restore-guard-rule";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String name = Texts.first(record.request(), "name", "rule");
        if (name == null || !name.startsWith(PREFIX)) {
            return new Plan.Refused("rule " + name + " is none of the guard's");
        }
        Resource rule = new Resource("AWS::Events::Rule", name, record.region(), record.account());
        return switch (record.eventName()) {
            case "DisableRule" -> new Plan.Steps(List.of(new StartAgain(rule, Kind.EVENT_RULE)));
            case "DeleteRule" -> new Plan.Steps(List.of(new DeployAgain(rule, Set.of())));
            case "RemoveTargets" ->
                new Plan.Steps(List.of(new DeployAgain(rule, Set.copyOf(Json.values(record.request(), "ids")))));
            case "PutRule", "PutTargets" ->
                new Plan.Refused(
                        "what the rule was before stands in Backstop's template alone; run: " + DeployAgain.COMMAND);
            default -> Texts.notUndone(record);
        };
    }

    /** What enables a rule can do the same to its pattern, so it is granted for the guard's own rules alone. */
    @Override
    public Set<Permission> permissions() {
        String rule = "arn:${Partition}:events:${Region}:${Account}:rule/" + PREFIX + "*";
        return Set.of(
                new Permission("events:DescribeRule", rule),
                new Permission("events:EnableRule", rule),
                new Permission("events:ListTargetsByRule", rule),
                new Permission("events:PutRule", rule));
    }
}
