package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.util.Optional;

/**
 * Leaves a changed rule alone of which nothing says what it was: it shows it, and a person decides.
 *
 * @param changed as the call made it
 */
record RuleOfUnknownOrigin(Resource resource, GroupRule changed) implements Step<Optional<GroupRule>> {
    @Override
    public String action() {
        return "ec2:DescribeSecurityGroupRules";
    }

    @Override
    public String summary() {
        return "find out what " + changed.ruleId() + " of " + resource.id() + " was before it became "
                + changed.words();
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "ec2",
                "describe-security-group-rules",
                "--region",
                resource.region(),
                "--security-group-rule-ids",
                changed.ruleId());
    }

    @Override
    public Optional<GroupRule> read(Aws aws) {
        return aws.securityGroups().rules(resource.id()).stream()
                .filter(rule -> rule.ruleId().equals(changed.ruleId()))
                .findFirst();
    }

    @Override
    public Comparison compare(Optional<GroupRule> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the rule is gone");
        }
        return live.get().peer().equals(changed.peer())
                ? new Comparison.MustNot("prior state unknown: nothing says what the rule allowed before the call")
                : new Comparison.MustNot("the rule was changed by somebody since, and is left alone");
    }

    @Override
    public void apply(Aws aws, Optional<GroupRule> live) {
        throw new IllegalStateException("nothing is known to change " + changed.ruleId() + " back to");
    }

    @Override
    public String show(Optional<GroupRule> live) {
        return live.map(GroupRule::words).orElse("gone");
    }
}
