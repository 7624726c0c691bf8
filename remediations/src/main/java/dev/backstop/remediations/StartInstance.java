package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts one instance that was stopped. */
record StartInstance(Resource resource) implements InstanceStep {
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
        return command("start-instances");
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        String state = InstanceStep.state(live);
        return switch (state) {
            case "pending", "running" -> new Comparison.NothingLeft("the instance is " + state);
            // EC2 starts no instance that is still stopping.
            case "stopping" ->
                new Comparison.NotYet("the instance is still stopping, and cannot be started before it stands");
            case "stopped" -> new Comparison.AsExpected();
            default -> new Comparison.MustNot("the instance is " + state + " since");
        };
    }

    @Override
    public List<Step<?>> again(Optional<Instance> found) {
        return List.of(new StopInstance(resource, false));
    }

    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        aws.instances().start(Set.of(resource.id()));
    }
}
