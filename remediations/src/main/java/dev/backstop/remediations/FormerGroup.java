package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A security group as it was before a call.
 *
 * @param rules all that it had, in both directions
 * @param withIds whether the rules' ids are known
 * @param unknown ids of rules of which it is not known whether and how they were there
 */
record FormerGroup(
        String name, String description, String vpcId, List<GroupRule> rules, boolean withIds, Set<String> unknown) {
    FormerGroup {
        rules = List.copyOf(rules);
        unknown = Set.copyOf(unknown);
    }

    /** What prior state says of a group; empty where it says nothing of its rules. */
    static Optional<FormerGroup> of(Resource group, Map<Resource, PriorState> prior) {
        PriorState known = prior.get(group);
        if (known == null) {
            return Optional.empty();
        }
        JsonNode was = known.configuration();
        boolean withIds = was.has("securityGroupRules");
        if (!withIds && !was.has("ipPermissions")) {
            return Optional.empty();
        }
        List<GroupRule> rules = rules(was, group.id());
        return Optional.of(new FormerGroup(
                was.path("groupName").asText(),
                was.path("description").asText(),
                was.path("vpcId").asText(),
                rules,
                withIds,
                Set.copyOf(Json.values(was, "unknownSecurityGroupRules"))));
    }

    /** The rules in a group's configuration, whichever shape it has. */
    static List<GroupRule> rules(JsonNode configuration, String groupId) {
        return configuration.has("securityGroupRules")
                ? Json.items(configuration.path("securityGroupRules")).stream()
                        .map(GroupRule::of)
                        .toList()
                : fromPermissions(configuration, groupId);
    }

    /** The rule with an id, where ids are known. */
    Optional<GroupRule> withId(String ruleId) {
        return ruleId.isEmpty()
                ? Optional.empty()
                : rules.stream().filter(rule -> rule.ruleId().equals(ruleId)).findFirst();
    }

    /** Whether it is known of a rule that it was there, or that it was not. */
    boolean knows(String ruleId) {
        return withIds && !unknown.contains(ruleId);
    }

    /** The rule that allowed the same. */
    Optional<GroupRule> like(GroupRule rule) {
        return rules.stream().filter(rule::allowsSameAs).findFirst();
    }

    private static List<GroupRule> fromPermissions(JsonNode was, String groupId) {
        List<GroupRule> rules = new ArrayList<>();
        for (JsonNode permission : Json.items(was.path("ipPermissions"))) {
            rules.addAll(IpPermissions.rules(permission, groupId, false));
        }
        for (JsonNode permission : Json.items(was.path("ipPermissionsEgress"))) {
            rules.addAll(IpPermissions.rules(permission, groupId, true));
        }
        return rules;
    }
}
