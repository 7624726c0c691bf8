package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a resource back what its approved state says, where it has drifted from it: by the remediations of the calls that
 * would have made the drift, with the approved state as what was there before.
 */
final class RestoreApproved implements Remediation {
    private final String id;
    private final String type;
    private final Map<String, Remediation> byCall;

    private RestoreApproved(String id, String type, Map<String, Remediation> byCall) {
        this.id = id;
        this.type = type;
        this.byCall = byCall;
    }

    static RestoreApproved group() {
        Remediation added = new RevokeAddedRules();
        Remediation removed = new RestoreRevokedRules();
        return new RestoreApproved(
                "restore-approved-security-group",
                "AWS::EC2::SecurityGroup",
                Map.of(
                        "AuthorizeSecurityGroupIngress", added,
                        "AuthorizeSecurityGroupEgress", added,
                        "RevokeSecurityGroupIngress", removed,
                        "RevokeSecurityGroupEgress", removed,
                        "ModifySecurityGroupRules", new RestoreModifiedRules()));
    }

    /** Nobody is there to say whether it may be restarted, so only its own tag does. */
    static RestoreApproved instance() {
        return new RestoreApproved(
                "restore-approved-instance",
                "AWS::EC2::Instance",
                Map.of(
                        "ModifyInstanceAttribute", new RestoreInstanceType(false),
                        "ModifyNetworkInterfaceAttribute", new RestoreNetworkInterface(),
                        "ModifyInstanceMetadataOptions", new RestoreMetadataOptions()));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(resource(finding));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        PriorState approved = prior.get(resource(finding));
        if (approved == null) {
            return new Plan.Refused("no state of " + resource(finding).id() + " is approved: look at it, and when it is"
                    + " as it should be, ./backstop baseline approve "
                    + resource(finding).id() + " --reason WHY");
        }
        Map<Resource, PriorState> known = new HashMap<>(prior);
        for (JsonNode one : Json.items(approved.configuration().path("networkInterfaces"))) {
            known.put(
                    InstanceRecords.networkInterface(
                            finding.record(), one.path("networkInterfaceId").asText()),
                    new PriorState(one, approved.capturedAt(), approved.source()));
        }
        List<Step<?>> steps = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (JsonNode call : finding.record().request().path("calls")) {
            Remediation remediation = byCall.get(call.path("eventName").asText());
            if (remediation != null) {
                Finding part = new Finding(finding.rule(), as(finding.record(), call), finding.session());
                switch (remediation.plan(part, known)) {
                    case Plan.Steps(List<Step<?>> planned) -> steps.addAll(planned);
                    case Plan.Refused(String why) -> refusals.add(why);
                }
            }
        }
        return steps.isEmpty() ? new Plan.Refused(String.join("; ", refusals)) : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = new HashSet<>();
        byCall.values().forEach(remediation -> all.addAll(remediation.permissions()));
        return Set.copyOf(all);
    }

    private Resource resource(Finding finding) {
        CloudTrailRecord record = finding.record();
        String resourceId = record.request().path("resourceId").asText();
        return new Resource(type, resourceId, record.region(), record.account());
    }

    private static CloudTrailRecord as(CloudTrailRecord drift, JsonNode call) {
        ObjectNode json = drift.json().deepCopy();
        json.put("eventSource", "ec2.amazonaws.com");
        json.remove(List.of("requestParameters", "responseElements"));
        json.setAll((ObjectNode) call);
        return CloudTrailRecord.of(json, "drift");
    }
}
