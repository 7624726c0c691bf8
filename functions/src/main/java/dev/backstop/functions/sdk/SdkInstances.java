package dev.backstop.functions.sdk;

import dev.backstop.core.port.Instances;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;

/** Instances in EC2. */
public record SdkInstances(Ec2Client ec2) implements Instances {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("ec2:DescribeInstances", "ec2:StopInstances", "ec2:StartInstances", "ec2:ModifyInstanceAttribute");

    private static final WaiterOverrideConfiguration RUNNING = every(Duration.ofSeconds(2), Duration.ofMinutes(1));
    /** A stop lets the operating system shut down first. */
    private static final WaiterOverrideConfiguration STOPPED = every(Duration.ofSeconds(4), Duration.ofMinutes(5));

    @Override
    public List<Instance> describe(Set<String> instanceIds) {
        if (instanceIds.isEmpty()) {
            return List.of();
        }
        // A filter, since one unknown id would make the whole call fail.
        Filter ids = Filter.builder().name("instance-id").values(instanceIds).build();
        return ec2.describeInstancesPaginator(request -> request.filters(ids)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(SdkInstances::instance)
                .toList();
    }

    @Override
    public void stop(Set<String> instanceIds) {
        ec2.stopInstances(request -> request.instanceIds(instanceIds));
    }

    @Override
    public void start(Set<String> instanceIds) {
        ec2.startInstances(request -> request.instanceIds(instanceIds));
    }

    @Override
    public void awaitRunning(Set<String> instanceIds) {
        try (Ec2Waiter waiter =
                Ec2Waiter.builder().client(ec2).overrideConfiguration(RUNNING).build()) {
            waiter.waitUntilInstanceRunning(request -> request.instanceIds(instanceIds));
        }
    }

    @Override
    public void awaitStopped(String instanceId) {
        try (Ec2Waiter waiter =
                Ec2Waiter.builder().client(ec2).overrideConfiguration(STOPPED).build()) {
            waiter.waitUntilInstanceStopped(request -> request.instanceIds(instanceId));
        }
    }

    @Override
    public void changeType(String instanceId, String type) {
        ec2.modifyInstanceAttribute(request -> request.instanceId(instanceId).instanceType(value -> value.value(type)));
    }

    private static Instance instance(software.amazon.awssdk.services.ec2.model.Instance instance) {
        return new Instance(
                instance.instanceId(),
                instance.instanceTypeAsString(),
                instance.state().nameAsString(),
                instance.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    private static WaiterOverrideConfiguration every(Duration pause, Duration longest) {
        return WaiterOverrideConfiguration.builder()
                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(pause))
                .maxAttempts((int) longest.dividedBy(pause) + 1)
                .waitTimeout(longest)
                .build();
    }
}
