package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stops one running instance.
 *
 * @param sparesProduction whether one that is tagged as production is left to a person
 */
record StopInstance(Resource resource, boolean sparesProduction) implements InstanceStep {
    /** EC2 stops no instance that is still starting. */
    static final String STARTING = "the instance is still starting, and cannot be stopped before it runs";

    @Override
    public String action() {
        return "ec2:StopInstances";
    }

    @Override
    public String summary() {
        return "stop " + resource.id();
    }

    @Override
    public String command() {
        return command("stop-instances");
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        String state = InstanceStep.state(live);
        if (!Set.of("pending", "running").contains(state)) {
            return new Comparison.NothingLeft("the instance is " + state);
        }
        if (sparesProduction && Production.isTagged(live.get().tags())) {
            return new Comparison.MustNot(Production.SPARED);
        }
        return state.equals("pending") ? new Comparison.NotYet(STARTING) : new Comparison.AsExpected();
    }

    @Override
    public List<Step<?>> again(Optional<Instance> found) {
        return List.of(new StartInstance(resource));
    }

    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        aws.instances().stop(Set.of(resource.id()));
    }
}
