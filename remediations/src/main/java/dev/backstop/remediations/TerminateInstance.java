package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.util.Optional;
import java.util.Set;

/** Terminates one instance that was just launched, unless it is tagged as production. */
record TerminateInstance(Resource resource) implements InstanceStep {
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
        return command("terminate-instances");
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        if (live.isEmpty() || InstanceStep.isGone(live)) {
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
}
