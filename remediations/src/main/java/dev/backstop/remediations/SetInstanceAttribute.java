package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Attribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets one attribute of an instance back, which needs no restart.
 *
 * @param from what the call chose; null where the record masks it
 * @param to the value before the call
 */
record SetInstanceAttribute(
        Resource resource, Attribute attribute, @Nullable String from, String to) implements Step<Optional<String>> {
    @Override
    public String action() {
        return "ec2:ModifyInstanceAttribute";
    }

    @Override
    public String summary() {
        return "set " + attribute.apiName() + " of " + resource.id() + " back to " + to;
    }

    @Override
    public String command() {
        List<String> words = new ArrayList<>(List.of(
                "aws",
                "ec2",
                "modify-instance-attribute",
                "--region",
                resource.region(),
                "--instance-id",
                resource.id()));
        String no = to.equals("true") ? "--" : "--no-";
        switch (attribute) {
            case SOURCE_DEST_CHECK -> words.add(no + "source-dest-check");
            case TERMINATION_PROTECTION -> words.add(no + "disable-api-termination");
            case STOP_PROTECTION -> words.add(no + "disable-api-stop");
            case SHUTDOWN_BEHAVIOR -> words.addAll(List.of("--instance-initiated-shutdown-behavior", "Value=" + to));
        }
        return Command.line(words.toArray(String[]::new));
    }

    @Override
    public Optional<String> read(Aws aws) {
        return aws.instances().attribute(resource.id(), attribute);
    }

    @Override
    public Comparison compare(Optional<String> live) {
        return live.map(value -> ChangeBack.compare(value, from, to))
                .orElseGet(() -> new Comparison.NothingLeft(InstanceRecords.gone(resource)));
    }

    @Override
    public void apply(Aws aws, Optional<String> live) {
        aws.instances().setAttribute(resource.id(), attribute, to);
    }

    @Override
    public List<Step<?>> again(Optional<String> found) {
        return found.<List<Step<?>>>map(value -> List.of(new SetInstanceAttribute(resource, attribute, to, value)))
                .orElse(List.of());
    }

    @Override
    public String show(Optional<String> state) {
        return state.map(value -> attribute.apiName() + " " + value).orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
