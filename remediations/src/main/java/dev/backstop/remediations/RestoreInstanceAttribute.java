package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Instances.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an instance back its source/destination check, its protection from termination and from being stopped, or its
 * shutdown behaviour, as before a ModifyInstanceAttribute call; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html">the API</a>. Of
 * these AWS Config records the check alone; the others are in Backstop's baseline.
 */
final class RestoreInstanceAttribute implements Remediation {
    @Override
    public String id() {
        return "restore-instance-attribute";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return InstanceRecords.instance(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Optional<Resource> instance = InstanceRecords.instance(finding.record());
        if (instance.isEmpty()) {
            return new Plan.Refused("the record does not say which instance the call changed");
        }
        JsonNode request = finding.record().request();
        JsonNode former = InstanceRecords.former(instance.get(), prior);
        List<Step<?>> steps = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Attribute attribute : Attribute.values()) {
            if (isChanged(request, attribute)) {
                String was = Json.text(former, attribute.apiName());
                if (was == null) {
                    unknown.add(attribute.apiName());
                } else {
                    steps.add(new SetInstanceAttribute(instance.get(), attribute, chosen(request, attribute), was));
                }
            }
        }
        if (!steps.isEmpty()) {
            return new Plan.Steps(steps);
        }
        return new Plan.Refused(
                unknown.isEmpty()
                        ? "the call changed no attribute that can be changed back while the instance runs"
                        : "prior state unknown: nothing says what " + String.join(", ", unknown) + " of "
                                + instance.get().id() + " was before the call");
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                new Permission("ec2:DescribeInstanceAttribute", Ec2Arns.INSTANCE),
                new Permission("ec2:ModifyInstanceAttribute", Ec2Arns.INSTANCE));
    }

    private static boolean isChanged(JsonNode request, Attribute attribute) {
        return request.path(attribute.apiName()).has("value")
                || attribute.apiName().equals(Json.text(request, "attribute"));
    }

    /** The typed form, or the older {@code attribute} and {@code value}, which may be masked. */
    private static @Nullable String chosen(JsonNode request, Attribute attribute) {
        String typed = Json.text(request.path(attribute.apiName()), "value");
        String value = Json.text(request, "value");
        return typed != null ? typed : value == null || value.startsWith("<") ? null : value;
    }
}
