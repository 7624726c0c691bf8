package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.port.Approvals;
import dev.backstop.remediations.Drift;
import java.util.Optional;
import java.util.Set;

/** Says of one AWS Config item whether the resource is as people approved it. */
public final class Evaluator {
    /** What people want watched may be approved later. */
    static final String PROTECTED = "backstop:protected";

    private static final Set<String> THERE = Set.of("OK", "ResourceDiscovered");
    private static final int LONGEST = 256;

    private final Approvals approvals;

    public Evaluator(Approvals approvals) {
        this.approvals = approvals;
    }

    /**
     * What Config is told.
     *
     * @param compliance in Config's words
     * @param annotation for people, as short as Config wants it
     */
    public record Verdict(String compliance, String annotation) {
        public Verdict {
            annotation = annotation.length() <= LONGEST ? annotation : annotation.substring(0, LONGEST - 1) + "…";
        }
    }

    /** @param outOfScope whether Config says that the rule is no longer about the resource */
    public Verdict judge(JsonNode item, boolean outOfScope) {
        if (outOfScope || !THERE.contains(item.path("configurationItemStatus").asText())) {
            return new Verdict("NOT_APPLICABLE", "it is gone, or the rule is no longer about it");
        }
        Resource resource = new Resource(
                Json.required(item, "resourceType", "configurationItem"),
                Json.required(item, "resourceId", "configurationItem"),
                Json.required(item, "awsRegion", "configurationItem"),
                Json.required(item, "awsAccountId", "configurationItem"));
        Optional<Approval> approval = approvals.of(resource);
        if (approval.isEmpty()) {
            return item.path("tags").has(PROTECTED)
                    ? new Verdict(
                            "NON_COMPLIANT", "it is tagged " + PROTECTED + ", and no state of it has been approved")
                    : new Verdict("NOT_APPLICABLE", "no state of it has been approved");
        }
        JsonNode configuration = item.path("configuration");
        Drift drift = Drift.between(
                resource,
                approval.get().configuration(),
                configuration.isTextual() ? Json.read(configuration.asText()) : configuration);
        return drift.isNone()
                ? new Verdict("COMPLIANT", "as " + approval.get().by() + " approved it")
                : new Verdict("NON_COMPLIANT", String.join("; ", drift.differences()));
    }
}
