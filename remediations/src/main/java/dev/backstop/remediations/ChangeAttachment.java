package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Attachments.Kind;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Attaches a managed policy again, or detaches it.
 *
 * @param attached whether the policy was attached before the call
 * @param changed whether the call changed that; attaching what is attached does not
 */
record ChangeAttachment(Resource resource, Holder holder, String policyArn, boolean attached, boolean changed)
        implements Step<Set<String>> {
    @Override
    public String action() {
        String what = holder.kind() == Kind.ROLE ? "RolePolicy" : "UserPolicy";
        return "iam:" + (attached ? "Attach" : "Detach") + what;
    }

    @Override
    public String summary() {
        return (attached ? "attach " + policyArn + " to " : "detach " + policyArn + " from ") + who() + " "
                + holder.name();
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "iam",
                (attached ? "attach-" : "detach-") + who() + "-policy",
                "--" + who() + "-name",
                holder.name(),
                "--policy-arn",
                policyArn);
    }

    @Override
    public Set<String> read(Aws aws) {
        return aws.attachments().of(holder);
    }

    @Override
    public Comparison compare(Set<String> live) {
        if (!changed) {
            return new Comparison.NothingLeft("the call changed nothing: the policy was attached before it");
        }
        return live.contains(policyArn) == attached
                ? new Comparison.NothingLeft("the policy is " + (attached ? "attached again" : "not attached"))
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Set<String> live) {
        if (attached) {
            aws.attachments().attach(holder, policyArn);
        } else {
            aws.attachments().detach(holder, policyArn);
        }
    }

    @Override
    public List<Step<?>> again(Set<String> found) {
        // Nobody can have the guard give a user rights.
        return attached || holder.kind() == Kind.ROLE
                ? List.of(new ChangeAttachment(resource, holder, policyArn, !attached, true))
                : List.of();
    }

    @Override
    public String show(Set<String> state) {
        return state.contains(policyArn) ? "attached" : "not attached";
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    private String who() {
        return holder.kind() == Kind.ROLE ? "role" : "user";
    }
}
