package dev.backstop.cdk;

import dev.backstop.rules.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The grant to edit agent roles, and no others: exactly those that the selector selects and, where the configuration
 * requires it, only while they carry the agents' boundary, which caps whatever is written into them.
 */
record RoleEdits(Configuration configuration) {
    /** @param actions on roles: some look, which IAM does not let the boundary condition, some change */
    List<PolicyStatement> of(Collection<String> actions) {
        List<String> roles = configuration.agents().rolePrefixes().stream()
                .map(prefix -> Grants.located("arn:${Partition}:iam::${Account}:role/" + prefix + "*"))
                .toList();
        if (roles.isEmpty() || actions.isEmpty()) {
            // Without prefixes there are no roles that are known.
            return List.of();
        }
        if (!configuration.deployment().requireBoundary()) {
            return List.of(Grants.allow(actions, roles));
        }
        List<String> looks = new ArrayList<>(actions);
        looks.removeIf(action -> !action.matches("iam:(Get|List).*"));
        List<String> changes = new ArrayList<>(new TreeSet<>(actions));
        changes.removeAll(looks);
        if (changes.isEmpty()) {
            return List.of(Grants.allow(looks, roles));
        }
        PolicyStatement changing = PolicyStatement.Builder.create()
                .actions(changes)
                .resources(List.copyOf(new TreeSet<>(roles)))
                .conditions(Map.of("StringEquals", Map.of("iam:PermissionsBoundary", AgentBoundary.arn())))
                .build();
        return List.of(Grants.allow(looks, roles), changing);
    }
}
