package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contains the instances that one RunInstances call launched, in one of three ways; never those of production. */
final class AnswerLaunch implements Remediation {
    /** What is done to each of them. */
    enum Way {
        STOP,
        ISOLATE,
        TERMINATE
    }

    private final Way way;

    AnswerLaunch(Way way) {
        this.way = way;
    }

    @Override
    public String id() {
        return switch (way) {
            case STOP -> "stop-launched-instances";
            case ISOLATE -> "isolate-launched-instances";
            case TERMINATE -> "terminate-launched-instances";
        };
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        List<Step<?>> steps = Json.values(record.response(), "instancesSet.items.instanceId").stream()
                .<Step<?>>map(id -> step(InstanceRecords.instance(record, id)))
                .toList();
        return steps.isEmpty()
                ? new Plan.Refused("the record does not say which instances the call launched: find them by the launch"
                        + " time and the session, and stop them by hand")
                : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return switch (way) {
            // To start it again, too, for a person who says that it is to run.
            case STOP -> RestartPermissions.ALL;
            case ISOLATE -> {
                Set<Permission> all = new HashSet<>(RestartPermissions.ALL);
                all.add(new Permission("ec2:DescribeNetworkInterfaces", "*"));
                all.add(new Permission("ec2:DescribeSecurityGroups", "*"));
                all.add(new Permission("ec2:DescribeSecurityGroupRules", "*"));
                all.add(new Permission(
                        "ec2:ModifyNetworkInterfaceAttribute", Set.of(Ec2Arns.INTERFACE, Ec2Arns.GROUP)));
                yield Set.copyOf(all);
            }
            case TERMINATE ->
                Set.of(
                        new Permission("ec2:DescribeInstances", "*"),
                        new Permission("ec2:TerminateInstances", Ec2Arns.INSTANCE));
        };
    }

    private Step<?> step(Resource instance) {
        return switch (way) {
            case STOP -> new StopInstance(instance, true);
            case ISOLATE -> new IsolateInstance(instance);
            case TERMINATE -> new TerminateInstance(instance);
        };
    }
}
