package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a user that a call created useless: its credentials alone, or its rights as well. The configuration chooses, by the
 * name that the rule carries.
 *
 * @param strip whether its rights go as well
 */
record DisableCreatedUser(boolean strip) implements Remediation {
    @Override
    public String id() {
        return strip ? "strip-created-user" : "disable-created-user";
    }

    @Override
    public boolean changesIam() {
        return true;
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String name = Texts.first(record.response().path("user"), "userName");
        String asked = Json.text(record.request(), "userName");
        String user = name == null ? asked : name;
        return !record.eventName().equals("CreateUser") || user == null
                ? Texts.notUndone(record)
                : new Plan.Steps(List.of(new DisableUser(
                        new Resource("AWS::IAM::User", user, record.region(), record.account()),
                        Json.text(record.response().path("user"), "userId"),
                        strip)));
    }

    @Override
    public Set<Permission> permissions() {
        String user = "arn:${Partition}:iam::${Account}:user/*";
        Set<Permission> all = new HashSet<>(Set.of(
                new Permission("iam:GetUser", user),
                new Permission("iam:ListAccessKeys", user),
                new Permission("iam:UpdateAccessKey", user),
                new Permission("iam:GetLoginProfile", user),
                new Permission("iam:DeleteLoginProfile", user)));
        if (strip) {
            all.addAll(Set.of(
                    new Permission("iam:ListAttachedUserPolicies", user),
                    new Permission("iam:DetachUserPolicy", user),
                    new Permission("iam:ListUserPolicies", user),
                    new Permission("iam:DeleteUserPolicy", user),
                    new Permission("iam:ListGroupsForUser", user),
                    new Permission("iam:RemoveUserFromGroup", "arn:${Partition}:iam::${Account}:group/*")));
        }
        return Set.copyOf(all);
    }
}
