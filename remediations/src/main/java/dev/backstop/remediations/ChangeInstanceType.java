package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.util.Optional;
import java.util.Set;

/**
 * Changes an instance's type back, restarting it only where that is allowed: by configuration, or by the instance's tag
 * {@code backstop:restart} that says {@code allowed}.
 *
 * @param from the type that the call chose
 * @param to the type before the call
 * @param mayRestart whether configuration allows it for every instance
 */
record ChangeInstanceType(Resource resource, String from, String to, boolean mayRestart) implements InstanceStep {
    private static final String RESTART_TAG = "backstop:restart";

    @Override
    public String action() {
        return "ec2:ModifyInstanceAttribute";
    }

    @Override
    public String summary() {
        return "change " + resource.id() + " from " + from + " back to " + to;
    }

    @Override
    public String command() {
        return on("stop-instances", "--instance-ids")
                + " && " + on("wait", "instance-stopped", "--instance-ids")
                + " && "
                + Command.line(
                        "aws",
                        "ec2",
                        "modify-instance-attribute",
                        "--region",
                        resource.region(),
                        "--instance-id",
                        resource.id(),
                        "--instance-type",
                        "Value=" + to)
                + " && " + on("start-instances", "--instance-ids");
    }

    @Override
    public Comparison compare(Optional<Instance> live) {
        if (live.isEmpty() || InstanceStep.isGone(live)) {
            return new Comparison.NothingLeft("the instance is gone");
        }
        Instance instance = live.get();
        if (instance.type().equals(to)) {
            return new Comparison.NothingLeft("the instance is " + to + " again");
        }
        if (!instance.type().equals(from)) {
            return new Comparison.MustNot("somebody changed it to " + instance.type() + " since");
        }
        boolean allowed = mayRestart || "allowed".equals(instance.tags().get(RESTART_TAG));
        return instance.state().equals("stopped") || allowed
                ? new Comparison.AsExpected()
                : new Comparison.MustNot(
                        "it needs a restart, which the instance's tag " + RESTART_TAG + "=allowed would permit");
    }

    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        String id = resource.id();
        if (InstanceStep.state(live).equals("stopped")) {
            aws.instances().changeType(id, to);
            return;
        }
        StopInstance.stop(aws, id, live);
        try {
            aws.instances().awaitStopped(id);
            aws.instances().changeType(id, to);
        } finally {
            aws.instances().start(Set.of(id));
        }
    }

    private String on(String... words) {
        String[] line = new String[words.length + 5];
        line[0] = "aws";
        line[1] = "ec2";
        System.arraycopy(words, 0, line, 2, words.length);
        line[words.length + 2] = resource.id();
        line[words.length + 3] = "--region";
        line[words.length + 4] = resource.region();
        return Command.line(line);
    }
}
