package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.core.AgentSelector;
import dev.backstop.rules.Configuration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Role;

/** Whether the account's agent roles carry the boundary under which an agent cannot lift its own deny. */
record AgentRolesCheck(Account account, Configuration configuration) {
    private static final String NAME = "roles";

    /** More names than these help nobody; the remedy is the same. */
    private static final int NAMED = 10;

    Check look() {
        IamClient iam = account.clients().iam();
        List<String> bounded = new ArrayList<>();
        List<String> unbounded = new ArrayList<>();
        for (Role role : iam.listRolesPaginator().roles()) {
            if (configuration.agents().selectsRole(role.arn())) {
                // Listing roles does not tell their boundaries.
                AttachedPermissionsBoundary boundary = iam.getRole(request -> request.roleName(role.roleName()))
                        .role()
                        .permissionsBoundary();
                (isAgents(boundary) ? bounded : unbounded).add(role.roleName());
            }
        }
        if (!unbounded.isEmpty()) {
            return Check.problem(
                    NAME,
                    words(unbounded) + (unbounded.size() == 1 ? " does" : " do") + " not carry the agents' boundary: "
                            + consequence(),
                    "aws iam put-role-permissions-boundary --role-name " + unbounded.getFirst()
                            + " --permissions-boundary arn:" + account.partition() + ":iam::" + account.id() + ":"
                            + AgentSelector.BOUNDARY + " (see docs/agent-roles.md)");
        }
        return Check.ok(
                NAME,
                bounded.isEmpty()
                        ? "there is no agent role yet"
                        : words(bounded) + (bounded.size() == 1 ? " carries" : " carry") + " the agents' boundary");
    }

    private String consequence() {
        return configuration.deployment().requireBoundary()
                ? "the functions may not revoke there (requireBoundary)"
                : "an agent that may edit IAM could lift its own deny, and nothing caps what could be written there";
    }

    private static boolean isAgents(AttachedPermissionsBoundary boundary) {
        return boundary != null && boundary.permissionsBoundaryArn().endsWith(":" + AgentSelector.BOUNDARY);
    }

    private static String words(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? some + " and " + (names.size() - NAMED) + " more" : some;
    }
}
