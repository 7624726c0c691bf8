package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Outliving.Kind;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.port.History;
import dev.backstop.core.port.Timeline;
import dev.backstop.remediations.Remediations;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the remediation of a finding and the prior state it needs, and has it plan. Writes nothing. */
public final class Planner {
    private static final Map<Kind, String> CREATED = Map.of(Kind.USER, "AWS::IAM::User", Kind.ROLE, "AWS::IAM::Role");

    private final History history;
    private final Timeline timeline;

    public Planner(History history, Timeline timeline) {
        this.history = history;
        this.timeline = timeline;
    }

    /** The plan that reverts a finding; empty when its rule asks for none. */
    public Optional<Plan> plan(Finding finding) {
        return wanted(finding).map(wanted -> Remediations.named(wanted)
                .<Plan>map(remediation -> remediation.plan(finding, prior(remediation, finding)))
                .orElseGet(() -> new Plan.Refused(
                        "this version of Backstop has no remediation " + wanted + ": deploy the functions again")));
    }

    /** Whether the plan rests on what there was before the call, which may have to be waited for. */
    boolean looksBack(Finding finding) {
        return wanted(finding)
                .flatMap(Remediations::named)
                .filter(remediation -> !remediation.needs(finding).isEmpty())
                .isPresent();
    }

    private static Optional<String> wanted(Finding finding) {
        return finding.responses().contains(Response.REVERT)
                ? Optional.ofNullable(finding.rule().remediation())
                : Optional.empty();
    }

    private Map<Resource, PriorState> prior(Remediation remediation, Finding finding) {
        Map<Resource, PriorState> known = new HashMap<>();
        for (Resource resource : remediation.needs(finding)) {
            history.before(resource, finding.record())
                    .or(() -> nothing(resource, finding))
                    .ifPresent(state -> known.put(resource, state));
        }
        return known;
    }

    /** A user or role that the session itself created was nothing before, which no history can say. */
    private Optional<PriorState> nothing(Resource resource, Finding finding) {
        if (!CREATED.containsValue(resource.type())) {
            return Optional.empty();
        }
        return timeline.created(finding.session().id()).stream()
                .filter(thing -> resource.type().equals(CREATED.get(thing.kind()))
                        && resource.id().equals(thing.name()))
                .findFirst()
                .map(_ -> new PriorState(Json.object(), Instant.EPOCH, "timeline"));
    }
}
