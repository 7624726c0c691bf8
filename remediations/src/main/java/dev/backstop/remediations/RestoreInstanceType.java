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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an instance back the type it had before a ModifyInstanceAttribute call. The record holds only the new type, so
 * the old one comes from prior state, never from a guess.
 */
final class RestoreInstanceType implements Remediation {
    @Override
    public String id() {
        return "restore-instance-type";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(instance(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Resource instance = instance(finding.record());
        String chosen = chosenType(finding.record().request());
        PriorState before = prior.get(instance);
        String previous = before == null ? null : Json.text(before.configuration(), "instanceType");
        if (previous == null) {
            return new Plan.Refused("prior state unknown: no record of the type of " + instance.id()
                    + " before the call; AWS Config must record AWS::EC2::Instance for this");
        }
        if (chosen == null) {
            return new Plan.Refused("the record does not say which type was chosen for " + instance.id() + "; it was "
                    + previous + " before");
        }
        return new Plan.Steps(List.of(new ChangeInstanceType(instance, chosen, previous)));
    }

    @Override
    public Set<Permission> permissions() {
        String instance = "arn:${Partition}:ec2:${Region}:${Account}:instance/*";
        return Set.of(
                new Permission("ec2:DescribeInstances", "*"),
                new Permission("ec2:StopInstances", instance),
                new Permission("ec2:StartInstances", instance),
                new Permission("ec2:ModifyInstanceAttribute", instance));
    }

    private static Resource instance(CloudTrailRecord record) {
        String id = Json.text(record.request(), "instanceId");
        return new Resource("AWS::EC2::Instance", id == null ? "unknown" : id, record.region(), record.account());
    }

    /** {@code instanceType.value}, or the older {@code attribute} and {@code value}, which may be masked. */
    private static @Nullable String chosenType(JsonNode request) {
        String typed = Json.text(request.path("instanceType"), "value");
        String value = Json.text(request, "value");
        boolean masked = value == null || value.startsWith("<");
        return typed != null ? typed : masked ? null : value;
    }
}
