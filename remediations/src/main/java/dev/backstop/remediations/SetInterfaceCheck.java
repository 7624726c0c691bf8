package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns the source/destination check of one network interface back.
 *
 * @param from whether the call turned it on
 * @param to whether it was on before the call
 */
record SetInterfaceCheck(Resource resource, boolean from, boolean to) implements Step<Optional<NetworkInterface>> {
    @Override
    public String action() {
        return "ec2:ModifyNetworkInterfaceAttribute";
    }

    @Override
    public String summary() {
        return "turn the source/destination check of " + resource.id() + " back " + word(to);
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "ec2",
                "modify-network-interface-attribute",
                "--region",
                resource.region(),
                "--network-interface-id",
                resource.id(),
                to ? "--source-dest-check" : "--no-source-dest-check");
    }

    @Override
    public Optional<NetworkInterface> read(Aws aws) {
        return aws.networkInterfaces().find(resource.id());
    }

    @Override
    public Comparison compare(Optional<NetworkInterface> live) {
        return live.map(one -> ChangeBack.compare(word(one.sourceDestCheck()), word(from), word(to)))
                .orElseGet(() -> new Comparison.NothingLeft("the interface is gone"));
    }

    @Override
    public void apply(Aws aws, Optional<NetworkInterface> live) {
        aws.networkInterfaces().setSourceDestCheck(resource.id(), to);
    }

    @Override
    public List<Step<?>> again(Optional<NetworkInterface> found) {
        return List.of(new SetInterfaceCheck(resource, to, from));
    }

    @Override
    public String show(Optional<NetworkInterface> state) {
        return state.map(one -> "check " + word(one.sourceDestCheck())).orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
