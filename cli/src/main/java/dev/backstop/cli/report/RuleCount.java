package dev.backstop.cli.report;

import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.Rule;
import java.util.Optional;

/** What one rule found. */
final class RuleCount {
    private static final int NAMES = 500;

    final Rule rule;
    final Counts sessions = new Counts(NAMES);
    final Counts resources = new Counts(NAMES);
    final Counts developers = new Counts(NAMES);
    long findings;
    long reverted;
    long notReverted;
    long revoked;

    RuleCount(Rule rule) {
        this.rule = rule;
    }

    void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        findings++;
        sessions.add(finding.session().id());
        resources.add(finding.resource().id());
        developers.add(Found.developer(finding.session()));
        if (revert.isPresent()) {
            boolean planned = revert.get() instanceof Plan.Steps;
            reverted += planned ? 1 : 0;
            notReverted += planned ? 0 : 1;
        }
        revoked += kill.filter(Plan.Steps.class::isInstance).isPresent() ? 1 : 0;
    }
}
