package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.CallHistory;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.Inventory.Seen;
import dev.backstop.remediations.Drift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Answers what AWS Config finds: what it says is only the reason to look; the resource is read afresh, and where it still
 * differs from what people approved, or still breaks a rule of AWS's, that is a finding like any other.
 */
public final class DriftWatch {
    /** One revert may wait eight of the ten minutes that an invocation has; what a sweep leaves, the next one looks at. */
    private static final Duration LATEST_START = Duration.ofMinutes(1);

    private final Approvals approvals;
    private final Baselines baselines;
    private final Inventory inventory;
    private final Violations violations;
    private final Responder ofDrift;
    private final Responder ofCalls;
    private final InstantSource clock;

    public DriftWatch(
            Line line,
            Approvals approvals,
            Baselines baselines,
            Inventory inventory,
            CallHistory calls,
            AgentSelector agents,
            Limits limits,
            InstantSource clock,
            Pause pause) {
        this.approvals = approvals;
        this.baselines = baselines;
        this.inventory = inventory;
        this.clock = clock;
        this.violations = new Violations(line.regions(), baselines, inventory, calls, agents, clock);
        this.ofCalls = new Responder(line, agents, limits, clock, pause);
        Line approved = new Line(
                line.regions(),
                line.sessions(),
                line.timeline(),
                line.journal(),
                line.controls(),
                new ApprovedStates(approvals),
                line.killSwitch(),
                line.iamReverts(),
                line.restraints(),
                line.alerts(),
                line.bus());
        this.ofDrift = new Responder(approved, agents, limits, clock, pause);
    }

    /** Whether an input of the respond function is for this, rather than a detection. */
    public static boolean isOne(JsonNode input) {
        return input.has("drift");
    }

    /**
     * Answers {@code {"drift": …}}: AWS Config's event that a rule's compliance has changed, with what is {@code "allowed"},
     * or {@code "sweep"}.
     */
    public List<Answer> answer(JsonNode input, String invocation) {
        JsonNode event = input.path("drift");
        if (!event.isObject()) {
            return sweep(invocation);
        }
        JsonNode detail = event.path("detail");
        Resource resource = new Resource(
                Json.required(detail, "resourceType", "input"),
                Json.required(detail, "resourceId", "input"),
                Json.required(detail, "awsRegion", "input"),
                Json.required(detail, "awsAccountId", "input"));
        String configRule = Json.required(detail, "configRuleName", "input");
        String at =
                detail.path("newEvaluationResult").path("resultRecordedTime").asText();
        Optional<Approval> approval = Watched.isKept(resource.type()) ? approvals.of(resource) : Optional.empty();
        // What people approved is as they want it, whatever a rule of AWS's says of it.
        if (approval.isPresent()) {
            return inventory.look(resource).flatMap(look -> compare(approval.get(), look, invocation)).stream()
                    .toList();
        }
        if (configRule.endsWith("-baseline")) {
            return inventory.look(resource).map(_ -> neverApproved(resource, at, invocation)).stream()
                    .toList();
        }
        return violations.of(configRule, resource, detail, input.path("allowed")).stream()
                .map(detection -> ofCalls.respond(detection, invocation))
                .toList();
    }

    /**
     * Looks at everything that is approved: AWS Config says nothing when what is not compliant changes once more. Looking is
     * a few calls for all; what has drifted is answered in another order each time, so that nothing is always left for later.
     *
     * @return what was drift; nothing that somebody is at already
     */
    public List<Answer> sweep(String invocation) {
        List<Answer> answers = new ArrayList<>();
        Instant now = clock.instant();
        List<Approval> all = new ArrayList<>(approvals.all());
        Collections.shuffle(all, new Random(now.getEpochSecond()));
        Map<String, Capture> looks = looks(all);
        RuntimeException failure = null;
        for (Approval approval : all) {
            Capture look = looks.get(approval.resource().id());
            if (look == null || clock.instant().isAfter(now.plus(LATEST_START))) {
                continue;
            }
            try {
                compare(approval, look, invocation).ifPresent(answers::add);
            } catch (StillBusyException _) {
                // Whoever is at it says what becomes of it.
            } catch (RuntimeException e) {
                // One resource that cannot be answered must not hide the others.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return answers;
    }

    private Map<String, Capture> looks(List<Approval> all) {
        Map<String, Capture> looks = new HashMap<>();
        Consumer<Seen> each = seen -> looks.put(seen.id(), seen.look());
        inventory.groups(ids(all, Watched.GROUP), each);
        inventory.instances(ids(all, Watched.INSTANCE), each);
        return looks;
    }

    private static Set<String> ids(List<Approval> all, String type) {
        return all.stream()
                .map(Approval::resource)
                .filter(resource -> resource.type().equals(type))
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    private Optional<Answer> compare(Approval approval, Capture look, String invocation) {
        Resource resource = approval.resource();
        Drift drift = Drift.between(resource, approval.configuration(), look.configuration());
        if (drift.isNone()) {
            return Optional.empty();
        }
        Baseline known = baselines.of(resource, clock.instant());
        // The same drift is told once, and again when something has changed since: also what was put back, and has
        // drifted again by a call that nobody heard of.
        String last = known.changes().stream()
                .max(Comparator.comparing(Change::at))
                .map(Change::eventId)
                .orElse("unknown");
        String id = "drift-" + resource.id() + "-" + last + "-"
                + Integer.toHexString(drift.differences().hashCode());
        LastChange by = LastChange.of(known, drift.parts());
        return Optional.of(respond(by, resource, id, drift.differences(), drift.calls(), invocation));
    }

    /** @param at when AWS Config began to say so: once it has not said so for a while, it is told again */
    private Answer neverApproved(Resource resource, String at, String invocation) {
        String id = "drift-" + resource.id() + "-never-approved-" + at;
        LastChange by = LastChange.of(baselines.of(resource, clock.instant()), Set.of());
        return respond(by, resource, id, List.of(), List.of(), invocation);
    }

    private Answer respond(
            LastChange by,
            Resource resource,
            String id,
            List<String> differences,
            List<ObjectNode> calls,
            String invocation) {
        Rule rule = by.said(resource.type().equals(Watched.GROUP) ? DriftRules.GROUP : DriftRules.INSTANCE);
        return ofDrift.respond(
                new Detection(rule, DriftRecords.drift(id, clock.instant(), resource, by.caller(), differences, calls)),
                invocation);
    }
}
