package dev.backstop.core.iam;

import java.util.List;

/**
 * What AWS's service authorization reference says of an action.
 *
 * @param name such as {@code iam:PutRolePolicy}
 * @param resourceTypes such as {@code role}; empty where a policy can only say {@code *}
 */
public record IamAction(String name, String accessLevel, List<String> resourceTypes) {
    public IamAction {
        resourceTypes = List.copyOf(resourceTypes);
    }

    /** Whether it only looks. */
    public boolean readOnly() {
        return accessLevel.equals("Read") || accessLevel.equals("List");
    }
}
