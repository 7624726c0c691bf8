package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives an instance back the options of its metadata service that one ModifyInstanceMetadataOptions call changed; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html">the API</a>.
 */
final class RestoreMetadataOptions implements Remediation {
    /** By their names in AWS Config; CloudTrail writes this call in the names of the wire format. */
    private static final List<String> OPTIONS = List.of(
            "httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "httpProtocolIpv6", "instanceMetadataTags");

    @Override
    public String id() {
        return "restore-instance-metadata-options";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return instance(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Optional<Resource> instance = instance(finding.record());
        if (instance.isEmpty()) {
            return new Plan.Refused("the record does not say which instance the call changed");
        }
        JsonNode former = InstanceRecords.former(instance.get(), prior).path("metadataOptions");
        Map<String, String> from = new TreeMap<>();
        Map<String, String> to = new TreeMap<>();
        for (String option : OPTIONS) {
            String chosen =
                    Json.text(request(finding.record()), Character.toUpperCase(option.charAt(0)) + option.substring(1));
            String was = Json.text(former, option);
            if (chosen != null && was != null) {
                from.put(option, chosen);
                to.put(option, was);
            }
        }
        return to.isEmpty()
                ? new Plan.Refused("prior state unknown: nothing says how the metadata service of "
                        + instance.get().id() + " was set before the call")
                : new Plan.Steps(List.of(new SetMetadataOptions(instance.get(), from, to)));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeInstances", "*"),
                new Permission("ec2:ModifyInstanceMetadataOptions", Ec2Arns.INSTANCE));
    }

    private static Optional<Resource> instance(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(request(record), "InstanceId"))
                .map(id -> InstanceRecords.instance(record, id));
    }

    private static JsonNode request(CloudTrailRecord record) {
        return record.request().path("ModifyInstanceMetadataOptionsRequest");
    }
}
