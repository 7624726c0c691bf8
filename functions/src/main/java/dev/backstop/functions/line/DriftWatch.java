package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.Inventory.Seen;
import dev.backstop.remediations.Drift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Answers drift: what AWS Config says is only the reason to look; the resource is read afresh, and where it still differs
 * from what people approved, that is a finding like any other, of whoever changed it last.
 */
public final class DriftWatch {
    private static final String PREFIX = "backstop-";
    /** One revert may wait eight of the ten minutes that an invocation has; what a sweep leaves, the next one looks at. */
    private static final Duration LATEST_START = Duration.ofMinutes(1);

    private final Approvals approvals;
    private final Baselines baselines;
    private final Inventory inventory;
    private final Responder responder;
    private final InstantSource clock;

    /** @param line of which all is used but its history */
    public DriftWatch(
            Line line,
            Approvals approvals,
            Baselines baselines,
            Inventory inventory,
            AgentSelector agents,
            Limits limits,
            InstantSource clock,
            Pause pause) {
        this.approvals = approvals;
        this.baselines = baselines;
        this.inventory = inventory;
        this.clock = clock;
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
        this.responder = new Responder(approved, agents, limits, clock, pause);
    }

    /** Whether an input of the respond function is for this, rather than a detection. */
    public static boolean isOne(JsonNode input) {
        return input.has("drift");
    }

    /** Answers {@code {"drift": …}}: AWS Config's event that a rule's compliance has changed, or {@code "sweep"}. */
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
        if (!configRule.endsWith("-baseline")) {
            String at = detail.path("newEvaluationResult")
                    .path("resultRecordedTime")
                    .asText();
            Rule rule = DriftRules.violated(configRule.replaceFirst("^" + PREFIX, ""), resource.type());
            String id = "config-" + configRule + "-" + resource.id() + "-" + at;
            return List.of(respond(rule, resource, id, List.of(), List.of(), invocation));
        }
        return look(resource, invocation).stream().toList();
    }

    /**
     * Looks at everything that is approved: AWS Config says nothing when what is not compliant changes once more.
     *
     * @return what was drift; nothing that somebody is at already
     */
    public List<Answer> sweep(String invocation) {
        List<Answer> answers = new ArrayList<>();
        Instant latest = clock.instant().plus(LATEST_START);
        RuntimeException failure = null;
        for (Approval approval : approvals.all()) {
            if (clock.instant().isAfter(latest)) {
                break;
            }
            try {
                look(approval.resource(), invocation).ifPresent(answers::add);
            } catch (StillBusyException _) {
                // Whoever is at it says what becomes of it.
            } catch (RuntimeException e) {
                // One resource that cannot be looked at must not hide the others.
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

    private Optional<Answer> look(Resource resource, String invocation) {
        Optional<ObjectNode> live = live(resource);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Rule rule = resource.type().equals(Watched.GROUP) ? DriftRules.GROUP : DriftRules.INSTANCE;
        Optional<Approval> approval = approvals.of(resource);
        if (approval.isEmpty()) {
            String id = "drift-" + resource.id() + "-never-approved";
            return Optional.of(respond(rule, resource, id, List.of(), List.of(), invocation));
        }
        Drift drift = Drift.between(resource, approval.get().configuration(), live.get());
        if (drift.isNone()) {
            return Optional.empty();
        }
        // The same drift is told once, and again when something has changed since: also what was put back, and has
        // drifted again by a call that nobody heard of.
        String last = last(resource, _ -> true).map(Change::eventId).orElse("unknown");
        String id = "drift-" + resource.id() + "-" + last + "-"
                + Integer.toHexString(drift.differences().hashCode());
        return Optional.of(respond(rule, resource, id, drift.differences(), drift.calls(), invocation));
    }

    private Optional<ObjectNode> live(Resource resource) {
        List<Seen> seen = new ArrayList<>();
        Consumer<Seen> each = seen::add;
        if (resource.type().equals(Watched.GROUP)) {
            inventory.groups(Set.of(resource.id()), each);
        } else {
            inventory.instances(Set.of(resource.id()), each);
        }
        return seen.stream().findFirst().map(one -> one.look().configuration());
    }

    private Optional<Change> last(Resource resource, Predicate<Change> which) {
        return baselines.of(resource, clock.instant()).changes().stream()
                .filter(which)
                .max(Comparator.comparing(Change::at));
    }

    /** As a record, so that drift goes the way of every finding. */
    private Answer respond(
            Rule rule,
            Resource resource,
            String id,
            List<String> differences,
            List<ObjectNode> calls,
            String invocation) {
        ObjectNode json = Json.object();
        json.put("eventID", id);
        json.put("eventTime", clock.instant().toString());
        json.put("eventSource", "config.amazonaws.com");
        json.put("eventName", "Drift");
        json.put("awsRegion", resource.region());
        json.put("recipientAccountId", resource.account());
        json.set(
                "userIdentity",
                last(resource, change -> change.by() != Change.By.GUARD)
                        .map(Change::caller)
                        .filter(caller -> !caller.isEmpty())
                        .orElseGet(() -> Json.object().put("type", "unknown")));
        ObjectNode request = json.putObject("requestParameters");
        request.put("resourceId", resource.id());
        request.set("differences", Json.MAPPER.valueToTree(differences));
        request.set("calls", Json.MAPPER.valueToTree(calls));
        return responder.respond(new Detection(rule, CloudTrailRecord.of(json, "drift")), invocation);
    }
}
