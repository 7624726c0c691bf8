package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A step about one instance: how it is read, shown and named in a command. */
interface InstanceStep extends Step<Optional<Instance>> {
    @Override
    default Optional<Instance> read(Aws aws) {
        return aws.instances().describe(Set.of(resource().id())).stream().findFirst();
    }

    @Override
    default String show(Optional<Instance> state) {
        return state.map(instance -> instance.type() + ", " + instance.state()).orElse("gone");
    }

    @Override
    default Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    /** The command of a call that takes instances. */
    default String command(String call) {
        return Command.line(
                "aws",
                "ec2",
                call,
                "--region",
                resource().region(),
                "--instance-ids",
                resource().id());
    }

    /** {@code pending}, {@code running} and so on, or {@code gone}. */
    static String state(Optional<Instance> live) {
        return live.map(Instance::state).orElse("gone");
    }

    /** Whether there is nothing left of it to change. */
    static boolean isGone(Optional<Instance> live) {
        return Set.of("gone", "shutting-down", "terminated").contains(state(live));
    }
}
