package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Starts one instance that was stopped. */
record StartInstance(Resource resource) implements Step<Optional<Instance>> {
    @Override
    public String action() {
        return "ec2:StartInstances";
    }

    @Override
    public String summary() {
        return "start " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "ec2", "start-instances", "--region", resource.region(), "--instance-ids", resource.id());
    }

    @Override
    public Optional<Instance> read(Aws aws) {
        return aws.instances().describe(Set.of(resource.id())).stream().findFirst();
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        String state = live.map(Instance::state).orElse("gone");
        return switch (state) {
            case "pending", "running" -> new Comparison.NothingLeft("the instance is " + state);
            case "stopping", "stopped" -> new Comparison.AsExpected();
            default -> new Comparison.MustNot("the instance is " + state + " since");
        };
    }

    /** EC2 starts no instance that is still stopping. */
    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        if (live.map(Instance::state).orElse("").equals("stopping")) {
            aws.instances().awaitStopped(resource.id());
        }
        aws.instances().start(Set.of(resource.id()));
    }

    @Override
    public String show(Optional<Instance> state) {
        return state.map(instance -> instance.type() + ", " + instance.state()).orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
