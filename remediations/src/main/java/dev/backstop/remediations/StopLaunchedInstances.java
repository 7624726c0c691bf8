package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stops, never terminates, the instances that one RunInstances call launched. */
final class StopLaunchedInstances implements Remediation {
    @Override
    public String id() {
        return "stop-launched-instances";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        List<Step<?>> steps = Json.values(record.response(), "instancesSet.items.instanceId").stream()
                .<Step<?>>map(id ->
                        new StopInstance(new Resource("AWS::EC2::Instance", id, record.region(), record.account())))
                .toList();
        return steps.isEmpty()
                ? new Plan.Refused("the record does not say which instances the call launched: find them by the launch"
                        + " time and the session, and stop them by hand")
                : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeInstances", "*"),
                new Permission("ec2:StopInstances", "arn:${Partition}:ec2:${Region}:${Account}:instance/*"));
    }
}
