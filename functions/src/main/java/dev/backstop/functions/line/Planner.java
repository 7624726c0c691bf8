package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.port.History;
import dev.backstop.remediations.Remediations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the remediation of a finding and the prior state it needs, and has it plan. Writes nothing. */
public final class Planner {
    private final History history;

    public Planner(History history) {
        this.history = history;
    }

    /** The plan that reverts a finding; empty when its rule asks for none. */
    public Optional<Plan> plan(Finding finding) {
        String wanted = finding.rule().remediation();
        if (wanted == null) {
            return Optional.empty();
        }
        return Optional.of(Remediations.named(wanted)
                .<Plan>map(remediation -> remediation.plan(finding, prior(remediation, finding)))
                .orElseGet(() -> new Plan.Refused(
                        "this version of Backstop has no remediation " + wanted + ": deploy the functions again")));
    }

    private Map<Resource, PriorState> prior(Remediation remediation, Finding finding) {
        Map<Resource, PriorState> known = new HashMap<>();
        for (Resource resource : remediation.needs(finding)) {
            history.before(resource, finding.record().eventTime()).ifPresent(state -> known.put(resource, state));
        }
        return known;
    }
}
