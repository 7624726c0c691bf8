package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.core.port.SecurityGroups.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cuts one instance off: all its interfaces get the security group {@code backstop-quarantine} of their VPC and no
 * other. Where a VPC has no such group, or one that lets anything through, the instance is stopped.
 */
record IsolateInstance(Resource resource) implements Step<IsolateInstance.Live> {
    static final String QUARANTINE = "backstop-quarantine";

    /**
     * The instance and its interfaces.
     *
     * @param quarantine the id of the group by VPC, where there is one without rules
     */
    record Live(Optional<Instance> instance, List<NetworkInterface> interfaces, Map<String, String> quarantine) {
        Live {
            interfaces = List.copyOf(interfaces);
            quarantine = Map.copyOf(quarantine);
        }

        private boolean runs() {
            return instance.map(Instance::state)
                    .filter(Set.of("pending", "running")::contains)
                    .isPresent();
        }

        private boolean isolated() {
            return !interfaces.isEmpty()
                    && interfaces.stream().allMatch(one -> one.groups()
                            .equals(Set.of(Objects.requireNonNullElse(quarantine.get(one.vpcId()), ""))));
        }

        private boolean isolable() {
            return !interfaces.isEmpty() && interfaces.stream().allMatch(one -> quarantine.containsKey(one.vpcId()));
        }
    }

    @Override
    public String action() {
        return "ec2:ModifyNetworkInterfaceAttribute";
    }

    @Override
    public String summary() {
        return "isolate " + resource.id() + " in the group " + QUARANTINE + ", or stop it where its VPC has none";
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "ec2", "stop-instances", "--region", resource.region(), "--instance-ids", resource.id());
    }

    @Override
    public Live read(Aws aws) {
        List<NetworkInterface> interfaces = aws.networkInterfaces().of(resource.id());
        Map<String, String> quarantine = new HashMap<>();
        for (String vpc : interfaces.stream().map(NetworkInterface::vpcId).collect(Collectors.toSet())) {
            aws.securityGroups()
                    .named(QUARANTINE, vpc)
                    .map(Group::id)
                    .filter(group -> aws.securityGroups().rules(group).isEmpty())
                    .ifPresent(group -> quarantine.put(vpc, group));
        }
        return new Live(aws.instances().describe(Set.of(resource.id())).stream().findFirst(), interfaces, quarantine);
    }

    @Override
    public Comparison compare(Live live) {
        if (!live.runs()) {
            return new Comparison.NothingLeft(
                    "the instance is " + live.instance().map(Instance::state).orElse("gone"));
        }
        if (live.isolated()) {
            return new Comparison.NothingLeft("the instance is isolated");
        }
        if (Production.isTagged(live.instance().map(Instance::tags).orElse(Map.of()))) {
            return new Comparison.MustNot(Production.SPARED);
        }
        boolean starting = InstanceStep.state(live.instance()).equals("pending");
        return starting && !live.isolable()
                ? new Comparison.NotYet(StopInstance.STARTING)
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Live live) {
        if (!live.isolable()) {
            aws.instances().stop(Set.of(resource.id()));
            return;
        }
        for (NetworkInterface one : live.interfaces()) {
            String group = live.quarantine().get(one.vpcId());
            if (group != null) {
                aws.networkInterfaces().setGroups(one.id(), Set.of(group));
            }
        }
    }

    @Override
    public List<Step<?>> again(Live found) {
        if (!found.isolable()) {
            return List.of(new StartInstance(resource));
        }
        List<Step<?>> again = new ArrayList<>();
        for (NetworkInterface one : found.interfaces()) {
            Set<String> quarantined = Set.of(String.valueOf(found.quarantine().get(one.vpcId())));
            if (!one.groups().equals(quarantined)) {
                Resource itself =
                        new Resource("AWS::EC2::NetworkInterface", one.id(), resource.region(), resource.account());
                again.add(new SetInterfaceGroups(itself, quarantined, one.groups()));
            }
        }
        return again;
    }

    @Override
    public String show(Live live) {
        Set<String> groups = live.interfaces().stream()
                .flatMap(one -> one.groups().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return live.instance()
                .map(instance -> instance.type() + ", " + instance.state() + ", in " + String.join(", ", groups))
                .orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
