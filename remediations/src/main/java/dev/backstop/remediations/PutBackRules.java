package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds rules that one call removed to their group again, those that nobody has put back since. They get new ids, and
 * tags are lost.
 *
 * @param removed rules of one direction, as they are to be
 * @param doubt why a person must decide; null where nothing speaks against it
 */
record PutBackRules(
        Resource resource,
        boolean egress,
        List<GroupRule> removed,
        @Nullable String doubt) implements Step<LiveGroup> {
    PutBackRules {
        removed = List.copyOf(removed);
    }

    @Override
    public String action() {
        return egress ? "ec2:AuthorizeSecurityGroupEgress" : "ec2:AuthorizeSecurityGroupIngress";
    }

    @Override
    public String summary() {
        return "put back "
                + removed.stream()
                        .map(rule -> rule.words() + (rule.ruleId().isEmpty() ? "" : " (was " + rule.ruleId() + ")"))
                        .collect(Collectors.joining(", "))
                + " into " + resource.id();
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "ec2",
                egress ? "authorize-security-group-egress" : "authorize-security-group-ingress",
                "--region",
                resource.region(),
                "--group-id",
                resource.id(),
                "--ip-permissions",
                IpPermissions.json(removed));
    }

    @Override
    public LiveGroup read(Aws aws) {
        return LiveGroup.read(aws, resource.id());
    }

    @Override
    public Comparison compare(LiveGroup live) {
        if (!live.there()) {
            return new Comparison.MustNot("the group is gone");
        }
        if (missing(live).isEmpty()) {
            return new Comparison.NothingLeft("the rules are there again");
        }
        return doubt == null ? new Comparison.AsExpected() : new Comparison.MustNot(doubt);
    }

    @Override
    public void apply(Aws aws, LiveGroup live) {
        if (egress) {
            aws.securityGroups().authorizeEgress(resource.id(), missing(live));
        } else {
            aws.securityGroups().authorizeIngress(resource.id(), missing(live));
        }
    }

    @Override
    public List<Step<?>> again(LiveGroup found) {
        List<GroupRule> back =
                missing(found).stream().map(rule -> rule.withId("")).toList();
        return back.isEmpty() ? List.of() : List.of(new RevokeGroupRules(resource, egress, back));
    }

    @Override
    public String show(LiveGroup live) {
        return live.show(egress);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private List<GroupRule> missing(LiveGroup live) {
        return removed.stream().filter(rule -> live.like(rule).isEmpty()).toList();
    }
}
