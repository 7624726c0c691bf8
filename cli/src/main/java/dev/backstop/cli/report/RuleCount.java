package dev.backstop.cli.report;

import dev.backstop.core.Rule;

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

    void add(Seen seen) {
        findings++;
        sessions.add(seen.session().id());
        resources.add(seen.resource().id());
        developers.add(Found.developer(seen.session()));
        if (seen.revert().isPresent()) {
            reverted += seen.reverts() ? 1 : 0;
            notReverted += seen.reverts() ? 0 : 1;
        }
        revoked += seen.stops() ? 1 : 0;
    }
}
