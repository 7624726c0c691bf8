package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts one network interface back into its former security groups.
 *
 * @param from the groups that the call chose
 * @param to the groups before the call
 */
record SetInterfaceGroups(Resource resource, Set<String> from, Set<String> to)
        implements Step<Optional<NetworkInterface>> {
    SetInterfaceGroups {
        from = Collections.unmodifiableSet(new TreeSet<>(from));
        to = Collections.unmodifiableSet(new TreeSet<>(to));
    }

    @Override
    public String action() {
        return "ec2:ModifyNetworkInterfaceAttribute";
    }

    @Override
    public String summary() {
        return "put " + resource.id() + " back into " + String.join(", ", to);
    }

    @Override
    public String command() {
        Stream<String> fixed = Stream.of(
                "aws",
                "ec2",
                "modify-network-interface-attribute",
                "--region",
                resource.region(),
                "--network-interface-id",
                resource.id(),
                "--groups");
        return Command.line(Stream.concat(fixed, to.stream()).toArray(String[]::new));
    }

    @Override
    public Optional<NetworkInterface> read(Aws aws) {
        return aws.networkInterfaces().find(resource.id());
    }

    @Override
    public Comparison compare(Optional<NetworkInterface> live) {
        return live.map(one -> ChangeBack.<Set<String>>compare(new TreeSet<>(one.groups()), from, to))
                .orElseGet(() -> new Comparison.NothingLeft("the interface is gone"));
    }

    @Override
    public void apply(Aws aws, Optional<NetworkInterface> live) {
        aws.networkInterfaces().setGroups(resource.id(), to);
    }

    @Override
    public List<Step<?>> again(Optional<NetworkInterface> found) {
        return found.<List<Step<?>>>map(one -> List.of(new SetInterfaceGroups(resource, to, one.groups())))
                .orElse(List.of());
    }

    @Override
    public String show(Optional<NetworkInterface> state) {
        return state.map(one -> "in " + String.join(", ", new TreeSet<>(one.groups())))
                .orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
