package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Inventory;
import dev.backstop.remediations.Drift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Approves a group or an instance as it is when a person tags it, and withdraws that when a person takes the tag away. What
 * may have changed about then is not approved, and that person is told. The tag itself is never asked: what an agent does to
 * it changes nothing.
 */
public final class TagApproval {
    /** Its value is the reason. */
    public static final String TAG = "backstop:approved";

    private final Approvals approvals;
    private final Baselines baselines;
    private final Inventory inventory;
    private final AlertChannel alerts;
    private final AgentSelector agents;
    private final InstantSource clock;
    private final Pause pause;

    public TagApproval(
            Approvals approvals,
            Baselines baselines,
            Inventory inventory,
            AlertChannel alerts,
            AgentSelector agents,
            InstantSource clock,
            Pause pause) {
        this.approvals = approvals;
        this.baselines = baselines;
        this.inventory = inventory;
        this.alerts = alerts;
        this.agents = agents;
        this.clock = clock;
        this.pause = pause;
    }

    /** Whether a record is one of tags being set or taken away. */
    public static boolean isOne(CloudTrailRecord record) {
        return Set.of("CreateTags", "DeleteTags").contains(record.eventName());
    }

    /** How many were approved or withdrawn. */
    public int take(CloudTrailRecord record) {
        Optional<JsonNode> tag = Json.items(record.request().path("tagSet").path("items")).stream()
                .filter(one -> TAG.equals(Json.text(one, "key")))
                .findFirst();
        // Who started a stack does not show in the calls that it makes: it may have been an agent.
        if (tag.isEmpty() || record.errorCode() != null || record.isOfStack() || agents.selects(record.caller())) {
            return 0;
        }
        List<Resource> tagged = tagged(record);
        if (record.eventName().equals("DeleteTags")) {
            tagged.forEach(approvals::withdraw);
            return tagged.size();
        }
        return approve(tagged, record, tag.get().path("value").asText());
    }

    private static List<Resource> tagged(CloudTrailRecord record) {
        List<Resource> tagged = new ArrayList<>();
        for (String id : Json.values(record.request(), "resourcesSet.items.resourceId")) {
            String type = id.startsWith("sg-") ? Watched.GROUP : Watched.INSTANCE;
            if (id.startsWith("sg-") || id.startsWith("i-")) {
                tagged.add(new Resource(type, id, record.region(), record.account()));
            }
        }
        return tagged;
    }

    /** Looks once EC2 must show what was before the tag, and decides once all that was changed before the look is known. */
    private int approve(List<Resource> tagged, CloudTrailRecord record, String reason) {
        waitUntil(record.eventTime().plus(Baseline.SETTLES));
        Map<Resource, Capture> looks = new LinkedHashMap<>();
        tagged.forEach(one -> inventory.look(one).ifPresent(look -> looks.put(one, look)));
        waitUntil(clock.instant().plus(PriorStates.TOLD_WITHIN));
        int approved = 0;
        for (Map.Entry<Resource, Capture> one : looks.entrySet()) {
            Resource resource = one.getKey();
            Capture look = one.getValue();
            Optional<String> doubt = doubt(resource, look, baselines.of(resource, clock.instant()), record.eventTime());
            if (doubt.isPresent()) {
                tell(resource, record, doubt.get());
                continue;
            }
            String why = reason.isBlank() ? "by the tag " + TAG : reason;
            approvals.keep(new Approval(
                    resource,
                    look.configuration(),
                    look.to(),
                    String.valueOf(record.caller().arn()),
                    why));
            approved++;
        }
        return approved;
    }

    private void waitUntil(Instant instant) {
        Duration left = Duration.between(clock.instant(), instant);
        if (left.isPositive()) {
            pause.of(left);
        }
    }

    /** Why a look need not show what the person saw who set the tag; empty where it must. */
    private static Optional<String> doubt(Resource resource, Capture look, Baseline known, Instant tagged) {
        Optional<Change> since = known.changes().stream()
                .filter(change -> !change.at().isBefore(tagged.minus(Baseline.AROUND)))
                .findFirst();
        if (since.isPresent()) {
            String arn = Json.text(since.get().caller(), "arn");
            return Optional.of((arn == null ? "somebody" : arn) + " changed it at "
                    + since.get().at() + ", and the tag was set at " + tagged);
        }
        return known.captures().stream()
                .filter(capture ->
                        capture.to().isBefore(tagged) && capture.fields().equals(look.fields()))
                .findFirst()
                .filter(before -> known.changes().stream()
                        .noneMatch(change -> change.at().plus(Baseline.SETTLES).isAfter(before.from())))
                .map(before -> Drift.between(resource, before.configuration(), look.configuration()))
                .filter(drift -> !drift.isNone())
                .map(drift -> "no recorded call says since when it is so: " + String.join("; ", drift.differences()));
    }

    private void tell(Resource resource, CloudTrailRecord tag, String doubt) {
        CloudTrailRecord record = DriftRecords.of(
                tag.eventId() + "-" + resource.id(),
                tag.eventTime(),
                resource,
                tag.json().path("userIdentity"),
                DriftRecords.call(
                        "ec2.amazonaws.com", "CreateTags", Json.object().put("resourceId", resource.id())));
        Finding finding = new Finding(
                DriftRules.refused(resource.type(), resource.id() + ": " + doubt + "."),
                record,
                agents.session(record));
        alerts.send(Alert.of(finding, Mode.ENFORCE, List.of(), clock.instant()));
    }
}
