package dev.backstop.cdk;

import dev.backstop.core.Remediation.Permission;
import dev.backstop.functions.sdk.ConfigHistory;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.DynamoIncidents;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.SdkAccessKeys;
import dev.backstop.functions.sdk.SdkRolePolicies;
import dev.backstop.functions.sdk.SdkRoles;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the two functions may do that write IAM: the kill switch and its release. */
record IamDuties(Configuration configuration, RuleBook book, StateTable table) {
    List<PolicyStatement> revoking() {
        return Grants.all(
                onCall(), table.items(List.of(DynamoIncidents.CLOSE_ACTIONS, DynamoJournal.ACTIONS)), undoingIam());
    }

    List<PolicyStatement> restoring() {
        return Grants.all(
                onCall(),
                table.items(List.of(
                        DynamoIncidents.CLOSE_ACTIONS,
                        DynamoControls.EXEMPT_ACTIONS,
                        DynamoJournal.READ_ACTIONS,
                        DynamoApprovals.READ_ACTIONS)),
                // What it has made again respond may do, and it may not.
                List.of(Duties.invoking(configuration, "backstop-respond")));
    }

    /** Both write and delete: room for a new deny is made by folding older ones, and a fold is lifted by rewriting it. */
    private List<PolicyStatement> onCall() {
        return Grants.all(
                Duties.sessions(table),
                new RoleEdits(configuration).of(SdkRolePolicies.ACTIONS),
                new RoleEdits(configuration).of(SdkRoles.ACTIONS),
                List.of(
                        Grants.allow(
                                SdkAccessKeys.ACTIONS,
                                List.of(Grants.located("arn:${Partition}:iam::${Account}:user/*"))),
                        Duties.tellingTheBus()));
    }

    /** Roles are edited under the same limits as for a kill. */
    private List<PolicyStatement> undoingIam() {
        List<Permission> permissions = Grants.declaredBy(book, true);
        Set<String> edits = permissions.stream()
                .filter(Permission::onAgentRoles)
                .map(Permission::action)
                .collect(Collectors.toSet());
        List<Permission> others = permissions.stream()
                .filter(permission -> !permission.onAgentRoles())
                .toList();
        return Grants.all(
                new RoleEdits(configuration).of(edits),
                Reach.of(configuration).declared(others),
                List.of(Grants.allow(ConfigHistory.ACTIONS, List.of("*"))));
    }
}
