package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an instance back the type it had before a ModifyInstanceAttribute call. The record holds only the new type, so
 * the old one comes from prior state, never from a guess.
 */
final class RestoreInstanceType implements Remediation {
    private final boolean mayRestart;

    /** One that may restart every instance for it, or only those whose tag allows it. */
    RestoreInstanceType(boolean mayRestart) {
        this.mayRestart = mayRestart;
    }

    @Override
    public String id() {
        return mayRestart ? "restore-instance-type-with-restart" : "restore-instance-type";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return InstanceRecords.instance(finding.record()).map(Set::of).orElse(Set.of());
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        Optional<Resource> named = InstanceRecords.instance(finding.record());
        if (named.isEmpty()) {
            return new Plan.Refused("the record does not say which instance the call changed");
        }
        Resource instance = named.get();
        String chosen = chosenType(finding.record().request());
        String previous = Json.text(InstanceRecords.former(instance, prior), "instanceType");
        if (previous == null) {
            return new Plan.Refused("prior state unknown: neither Backstop's baseline nor AWS Config"
                    + " has the type of " + instance.id() + " before the call");
        }
        if (chosen == null) {
            return new Plan.Refused("the record does not say which type was chosen for " + instance.id() + "; it was "
                    + previous + " before");
        }
        return new Plan.Steps(List.of(new ChangeInstanceType(instance, chosen, previous, mayRestart)));
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = new HashSet<>(RestartPermissions.ALL);
        all.add(new Permission("ec2:ModifyInstanceAttribute", Ec2Arns.INSTANCE));
        return Set.copyOf(all);
    }

    /** {@code instanceType.value}, or the older {@code attribute} and {@code value}, which may be masked. */
    private static @Nullable String chosenType(JsonNode request) {
        String typed = Json.text(request.path("instanceType"), "value");
        String value = Json.text(request, "value");
        boolean masked = value == null || value.startsWith("<");
        return typed != null ? typed : masked ? null : value;
    }
}
