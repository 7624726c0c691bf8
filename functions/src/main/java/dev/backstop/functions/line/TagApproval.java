package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Inventory;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Approves a group or an instance as it is when a person tags it, and withdraws that when a person takes the tag away. The
 * tag itself is never asked: what an agent does to it changes nothing.
 */
public final class TagApproval {
    /** Its value is the reason. */
    public static final String TAG = "backstop:approved";

    private final Approvals approvals;
    private final Inventory inventory;
    private final AgentSelector agents;
    private final InstantSource clock;

    public TagApproval(Approvals approvals, Inventory inventory, AgentSelector agents, InstantSource clock) {
        this.approvals = approvals;
        this.inventory = inventory;
        this.agents = agents;
        this.clock = clock;
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
        int taken = 0;
        for (String id : Json.values(record.request(), "resourcesSet.items.resourceId")) {
            String type = id.startsWith("sg-") ? Watched.GROUP : Watched.INSTANCE;
            if (!id.startsWith("sg-") && !id.startsWith("i-")) {
                continue;
            }
            Resource resource = new Resource(type, id, record.region(), record.account());
            taken++;
            if (record.eventName().equals("DeleteTags")) {
                approvals.withdraw(resource);
            } else {
                approve(
                        resource,
                        String.valueOf(record.caller().arn()),
                        tag.get().path("value").asText());
            }
        }
        return taken;
    }

    /** Approves a resource as it is now; nothing happens where it is not there. */
    public Optional<Approval> approve(Resource resource, String by, String reason) {
        Approval[] made = new Approval[1];
        if (resource.type().equals(Watched.GROUP)) {
            inventory.groups(Set.of(resource.id()), seen -> made[0] = approval(resource, seen, by, reason));
        } else {
            inventory.instances(Set.of(resource.id()), seen -> made[0] = approval(resource, seen, by, reason));
        }
        Optional<Approval> approved = Optional.ofNullable(made[0]);
        approved.ifPresent(approvals::keep);
        return approved;
    }

    private Approval approval(Resource resource, Inventory.Seen seen, String by, String reason) {
        String why = reason.isBlank() ? "by the tag " + TAG : reason;
        return new Approval(resource, seen.look().configuration(), clock.instant(), by, why);
    }
}
