package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Watchers.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * What only a deployment brings back: a rule of the guard that was deleted, or lost targets; EventBridge keeps nothing of
 * either.
 *
 * @param lost the ids of the targets that the call removed; empty when it deleted the rule
 */
record DeployAgain(Resource resource, Set<String> lost) implements ByHand<Optional<Set<String>>> {
    /** A deployment of an unchanged template does nothing, unless it is told to look at what is really there. */
    static final String COMMAND = "npx -y aws-cdk@2.1148.1 deploy --all --revert-drift";

    DeployAgain {
        lost = Set.copyOf(lost);
    }

    @Override
    public String action() {
        return lost.isEmpty() ? "events:PutRule" : "events:PutTargets";
    }

    @Override
    public String summary() {
        return "bring back " + (lost.isEmpty() ? "rule " : "the targets of rule ") + resource.id();
    }

    @Override
    public String command() {
        return COMMAND;
    }

    @Override
    public Optional<Set<String>> read(Aws aws) {
        return aws.watchers().watching(Kind.EVENT_RULE, resource.id()).map(_ -> aws.watchers()
                .targets(resource.id()));
    }

    @Override
    public Comparison compare(Optional<Set<String>> live) {
        return live.filter(targets -> targets.containsAll(lost)).isPresent()
                ? new Comparison.NothingLeft(show(live))
                : new Comparison.MustNot(
                        "cannot be undone: EventBridge keeps nothing of what was deleted; deploy Backstop"
                                + " again, until then this rule finds nothing");
    }

    @Override
    public String show(Optional<Set<String>> state) {
        return state.map(targets -> targets.isEmpty()
                        ? "a rule without targets"
                        : "a rule with target " + String.join(", ", targets))
                .orElse("gone");
    }
}
