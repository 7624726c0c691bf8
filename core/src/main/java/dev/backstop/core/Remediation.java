package dev.backstop.core;

import java.util.Map;
import java.util.Set;

/** How one kind of change is undone: pure, from the finding and the prior state it asked for. */
public interface Remediation {
    /** The name rules refer to it by. */
    String id();

    /** The resources whose state before the call the plan needs; none where the record says it all. */
    default Set<Resource> needs(Finding finding) {
        return Set.of();
    }

    /**
     * Plans the undoing.
     *
     * @param prior the state before the call of those resources of {@link #needs} for which it is known
     */
    Plan plan(Finding finding, Map<Resource, PriorState> prior);

    /** Whether its steps read or change IAM: then only the one function that may write IAM applies its plans. */
    default boolean changesIam() {
        return false;
    }

    /** What the steps of its plans are allowed to do, and nothing else. */
    Set<Permission> permissions();

    /**
     * A grant that the function which applies the plans gets.
     *
     * @param action in the words of an IAM policy
     * @param resources ARNs with {@code ${Partition}}, {@code ${Region}} and {@code ${Account}} left open; {@code *} only
     *     where the <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">service authorization
     *     reference</a> knows no resource for the action
     * @param conditions the values that condition keys must have, {@code ${Region}} left open in them too
     */
    record Permission(String action, Set<String> resources, Map<String, String> conditions) {
        /** The agent roles, whichever the configuration selects, under the limits that it sets for editing them. */
        public static final String AGENT_ROLES = "agent-roles";

        public Permission {
            resources = Set.copyOf(resources);
            conditions = Map.copyOf(conditions);
        }

        public Permission(String action, Set<String> resources) {
            this(action, resources, Map.of());
        }

        public Permission(String action, String resource) {
            this(action, Set.of(resource));
        }

        public boolean onAgentRoles() {
            return resources.equals(Set.of(AGENT_ROLES));
        }
    }
}
