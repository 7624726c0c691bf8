package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes away the console password that a call gave a user who had none: creating a second one fails. */
final class DeleteCreatedPassword implements Remediation {
    @Override
    public String id() {
        return "delete-created-login-profile";
    }

    @Override
    public boolean changesIam() {
        return true;
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String requested = Json.text(record.request(), "userName");
        String name = requested == null ? Json.text(record.response().path("loginProfile"), "userName") : requested;
        if (name == null) {
            return Texts.notUndone(record);
        }
        Resource user = new Resource("AWS::IAM::User", name, record.region(), record.account());
        return switch (record.eventName()) {
            case "CreateLoginProfile" -> new Plan.Steps(List.of(new RemovePassword(user, record.eventTime())));
            case "UpdateLoginProfile" ->
                new Plan.Refused("cannot be undone: nobody knows the former password of user " + name
                        + "; give its owner another one, run: "
                        + Command.line("aws", "iam", "update-login-profile", "--user-name", name)
                        + " --password-reset-required --password NEW-PASSWORD");
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String user = "arn:${Partition}:iam::${Account}:user/*";
        return Set.of(new Permission("iam:GetLoginProfile", user), new Permission("iam:DeleteLoginProfile", user));
    }
}
