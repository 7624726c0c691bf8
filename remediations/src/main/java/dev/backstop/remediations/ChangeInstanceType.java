package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes an instance's type back, restarting it only where that is allowed: by configuration, or by the instance's tag
 * {@code backstop:restart} that says {@code allowed}.
 *
 * @param from the type that the call chose
 * @param to the type before the call
 * @param mayRestart whether configuration allows it for every instance
 * @param ran whether it ran before anything was changed, and so has to run again
 */
record ChangeInstanceType(Resource resource, String from, String to, boolean mayRestart, boolean ran)
        implements InstanceStep {
    private static final String RESTART_TAG = "backstop:restart";
    private static final Set<String> UP = Set.of("pending", "running");

    ChangeInstanceType(Resource resource, String from, String to, boolean mayRestart) {
        this(resource, from, to, mayRestart, false);
    }

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
        return String.join(" && ", stopping(), waiting(), changing(), starting());
    }

    /** Once stopped it says no longer whether it ran. */
    @Override
    public String note(Optional<Instance> live) {
        return InstanceStep.state(live);
    }

    @Override
    public ChangeInstanceType begunWith(String note) {
        return new ChangeInstanceType(resource, from, to, mayRestart, UP.contains(note));
    }

    /** Stop, change, start. */
    @Override
    public int moves() {
        return 3;
    }

    /** A stop lets the operating system shut down first, so it is asked for and then looked after. */
    @Override
    public Comparison compare(Optional<Instance> live) {
        if (live.isEmpty() || InstanceStep.isGone(live)) {
            return new Comparison.NothingLeft("the instance is gone");
        }
        Instance instance = live.get();
        boolean allowed = mayRestart || "allowed".equals(instance.tags().get(RESTART_TAG));
        if (instance.type().equals(to)) {
            return ran && allowed ? running(instance) : new Comparison.NothingLeft("the instance is " + to + " again");
        }
        if (!instance.type().equals(from)) {
            return new Comparison.MustNot("somebody changed it to " + instance.type() + " since");
        }
        return switch (instance.state()) {
            case "stopped" -> new Comparison.AsExpected();
            case "stopping" -> new Comparison.NotYet("the instance is still stopping");
            default ->
                !allowed
                        ? new Comparison.MustNot(
                                "it needs a restart, which the instance's tag " + RESTART_TAG + "=allowed would permit")
                        : instance.state().equals("pending")
                                ? new Comparison.NotYet(StopInstance.STARTING)
                                : new Comparison.AsExpected();
        };
    }

    /** Of the former type again, and whether it runs as it did. */
    private Comparison running(Instance instance) {
        return switch (instance.state()) {
            case "running" -> new Comparison.NothingLeft("the instance is " + to + " again");
            case "stopped" -> new Comparison.AsExpected();
            default -> new Comparison.NotYet("the instance is " + to + " again, and still " + instance.state());
        };
    }

    @Override
    public List<Step<?>> again(Optional<Instance> found) {
        return List.of(new ChangeInstanceType(resource, to, from, mayRestart));
    }

    @Override
    public void apply(Aws aws, Optional<Instance> live) {
        Set<String> id = Set.of(resource.id());
        if (UP.contains(InstanceStep.state(live))) {
            aws.instances().stop(id);
        } else if (live.orElseThrow().type().equals(to)) {
            aws.instances().start(id);
        } else {
            changeOrStart(aws);
        }
    }

    /** Where the type cannot be changed, an instance that ran runs again as it was: too large is better than down. */
    private void changeOrStart(Aws aws) {
        try {
            aws.instances().changeType(resource.id(), to);
        } catch (RuntimeException e) {
            if (ran) {
                try {
                    aws.instances().start(Set.of(resource.id()));
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
            }
            throw e;
        }
    }

    @Override
    public String command(Optional<Instance> live) {
        if (live.isEmpty()) {
            return command();
        }
        List<String> left = new ArrayList<>();
        boolean up = UP.contains(live.get().state());
        boolean changed = live.get().type().equals(to);
        if (up && !changed) {
            left.add(stopping());
        }
        if (!live.get().state().equals("stopped") && !(up && changed)) {
            left.add(waiting());
        }
        if (!changed) {
            left.add(changing());
        }
        if (ran || up) {
            left.add(starting());
        }
        return left.isEmpty() ? command() : String.join(" && ", left);
    }

    /** What EC2 takes for an order to be seen in its answers. */
    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(30);
    }

    private String stopping() {
        return command("stop-instances");
    }

    private String waiting() {
        return Command.line(
                "aws",
                "ec2",
                "wait",
                "instance-stopped",
                "--region",
                resource.region(),
                "--instance-ids",
                resource.id());
    }

    private String changing() {
        return Command.line(
                "aws",
                "ec2",
                "modify-instance-attribute",
                "--region",
                resource.region(),
                "--instance-id",
                resource.id(),
                "--instance-type",
                "Value=" + to);
    }

    private String starting() {
        return command("start-instances");
    }
}
