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

/** Terminates one instance that was just launched, unless it is tagged as production. */
record TerminateInstance(Resource resource) implements Step<Optional<Instance>> {
    @Override
    public String action() {
        return "ec2:TerminateInstances";
    }

    @Override
    public String summary() {
        return "terminate " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws", "ec2", "terminate-instances", "--region", resource.region(), "--instance-ids", resource.id());
    }

    @Override
    public Optional<Instance> read(Aws aws) {
        return aws.instances().describe(Set.of(resource.id())).stream().findFirst();
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        if (live.isEmpty()
                || Set.of("shutting-down", "terminated").contains(live.get().state())) {
            return new Comparison.NothingLeft("the instance is gone");
        }
        return Production.isTagged(live.get().tags())
                ? new Comparison.MustNot(Production.SPARED)
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        aws.instances().terminate(Set.of(resource.id()));
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
