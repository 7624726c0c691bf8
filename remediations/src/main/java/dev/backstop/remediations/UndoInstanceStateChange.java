package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts what one StopInstances call stopped, stops what one StartInstances call started, and shows what is left of what
 * one TerminateInstances call terminated: those instances whose state the call really changed, by the {@code
 * previousState} in its response; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceStateChange.html">InstanceStateChange</a>.
 */
final class UndoInstanceStateChange implements Remediation {
    private static final Set<String> UP = Set.of("pending", "running");
    private static final Set<String> DOWN = Set.of("stopping", "stopped");
    private static final Set<String> GONE = Set.of("shutting-down", "terminated");

    @Override
    public String id() {
        return "undo-instance-state-change";
    }

    /** Only what is terminated has to be looked up: the record has the states. */
    @Override
    public Set<Resource> needs(Finding finding) {
        CloudTrailRecord record = finding.record();
        return record.eventName().equals("TerminateInstances")
                ? changed(record, GONE).stream()
                        .map(id -> InstanceRecords.instance(record, id))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        List<Step<?>> steps = new ArrayList<>();
        for (String id : changed(record, ends(record))) {
            Resource instance = InstanceRecords.instance(record, id);
            steps.add(
                    switch (record.eventName()) {
                        case "StartInstances" -> new StopInstance(instance, false);
                        case "StopInstances" -> new StartInstance(instance);
                        default -> new LostInstance(instance, InstanceRecords.former(instance, prior));
                    });
        }
        return steps.isEmpty()
                ? new Plan.Refused(
                        "the record names no instance whose state the call changed: there is nothing to undo")
                : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = new HashSet<>(RestartPermissions.ALL);
        all.add(new Permission("ec2:DescribeImages", "*"));
        all.add(new Permission("ec2:DescribeVolumes", "*"));
        all.add(new Permission("ec2:DescribeSnapshots", "*"));
        return Set.copyOf(all);
    }

    /** The states in which the call leaves an instance. */
    private static Set<String> ends(CloudTrailRecord record) {
        return switch (record.eventName()) {
            case "StartInstances" -> UP;
            case "StopInstances" -> DOWN;
            case "TerminateInstances" -> GONE;
            default -> Set.of();
        };
    }

    /** The instances that were not in one of these states before. */
    private static List<String> changed(CloudTrailRecord record, Set<String> ends) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : Json.items(record.response().path("instancesSet").path("items"))) {
            String id = Json.text(item, "instanceId");
            String before = item.path("previousState").path("name").asText();
            boolean left = UP.contains(before) || DOWN.contains(before);
            if (id != null && left && !ends.isEmpty() && !ends.contains(before)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
