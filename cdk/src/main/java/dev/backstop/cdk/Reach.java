package dev.backstop.cdk;

import dev.backstop.core.Remediation.Permission;
import dev.backstop.rules.Configuration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The Regions in which things may be looked at and changed: the stack's own, and the further ones that are watched from it.
 *
 * @param further none by default
 */
record Reach(List<String> further) {
    private static final String REGION = "${Region}";

    static Reach of(Configuration configuration) {
        return new Reach(configuration.deployment().regions());
    }

    /** What remediations declare, one statement for each set of resources and conditions. */
    List<PolicyStatement> declared(Collection<Permission> permissions) {
        Map<Scope, Set<String>> actions = new TreeMap<>(Comparator.comparing(Scope::toString));
        for (Permission permission : permissions) {
            Scope scope = new Scope(new TreeSet<>(permission.resources()), new TreeMap<>(permission.conditions()));
            actions.computeIfAbsent(scope, _ -> new TreeSet<>()).add(permission.action());
        }
        return actions.entrySet().stream()
                .map(entry -> allow(entry.getValue(), entry.getKey()))
                .toList();
    }

    /**
     * What makes of an ARN in every Region one in these: a deny of the others. An ARN for each Region, or a condition in each
     * statement, would be more than a role's policies may hold.
     */
    List<PolicyStatement> bounds() {
        return further.isEmpty() ? List.of() : List.of(AgentLimits.regions(all()));
    }

    /** Actions on one kind of thing. */
    PolicyStatement allow(Collection<String> actions, String arn) {
        return allow(actions, new Scope(Set.of(arn), Map.of()));
    }

    private PolicyStatement allow(Collection<String> actions, Scope scope) {
        PolicyStatement statement = Grants.allow(
                actions,
                scope.resources.stream()
                        .map(arn -> Grants.located(further.isEmpty() ? arn : arn.replace(REGION, "*")))
                        .toList());
        scope.conditions.forEach((key, value) -> statement.addCondition("StringEquals", Map.of(key, values(value))));
        return statement;
    }

    private Object values(String template) {
        return further.isEmpty() || !template.contains(REGION)
                ? Grants.located(template)
                : all().stream()
                        .map(region -> Grants.located(template.replace(REGION, region)))
                        .toList();
    }

    private List<String> all() {
        return Stream.concat(Stream.of(Aws.REGION), further.stream()).toList();
    }

    private record Scope(Set<String> resources, Map<String, String> conditions) {}
}
