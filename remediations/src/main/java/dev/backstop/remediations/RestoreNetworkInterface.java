package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives network interfaces back their security groups, or their source/destination check, as before a
 * ModifyInstanceAttribute call, which changes an instance's groups, or a ModifyNetworkInterfaceAttribute call, which
 * changes one interface; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html">the API</a>.
 */
final class RestoreNetworkInterface implements Remediation {
    @Override
    public String id() {
        return "restore-network-interface";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return changed(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Optional<Resource> changed = changed(record);
        if (changed.isEmpty()) {
            return new Plan.Refused("the record does not say which interface or instance the call changed");
        }
        JsonNode former = InstanceRecords.former(changed.get(), prior);
        Set<String> chosen = groups(record.request().path("groupSet").path("items"));
        String check = Json.text(record.request().path("sourceDestCheck"), "value");
        List<Step<?>> steps = new ArrayList<>();
        if (changed.get().type().equals("AWS::EC2::Instance")) {
            for (JsonNode one : Json.items(former.path("networkInterfaces"))) {
                String id = Json.text(one, "networkInterfaceId");
                Set<String> were = groups(one.path("groups"));
                if (id != null && !were.isEmpty() && !chosen.isEmpty()) {
                    steps.add(new SetInterfaceGroups(InstanceRecords.networkInterface(record, id), chosen, were));
                }
            }
        } else {
            Set<String> were = groups(former.path("groups"));
            if (!chosen.isEmpty() && !were.isEmpty()) {
                steps.add(new SetInterfaceGroups(changed.get(), chosen, were));
            }
            if (check != null && former.path("sourceDestCheck").isBoolean()) {
                boolean was = former.path("sourceDestCheck").asBoolean();
                steps.add(new SetInterfaceCheck(changed.get(), Boolean.parseBoolean(check), was));
            }
        }
        return steps.isEmpty()
                ? new Plan.Refused("prior state unknown: nothing says what the call changed of "
                        + changed.get().id() + " was before")
                : new Plan.Steps(steps);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeNetworkInterfaces", "*"),
                new Permission("ec2:ModifyNetworkInterfaceAttribute", Set.of(Ec2Arns.INTERFACE, Ec2Arns.GROUP)));
    }

    private static Optional<Resource> changed(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(record.request(), "networkInterfaceId"))
                .map(id -> InstanceRecords.networkInterface(record, id))
                .or(() -> InstanceRecords.instance(record));
    }

    private static Set<String> groups(JsonNode groups) {
        return new TreeSet<>(Json.items(groups).stream()
                .flatMap(group -> Json.values(group, "groupId").stream())
                .toList());
    }
}
