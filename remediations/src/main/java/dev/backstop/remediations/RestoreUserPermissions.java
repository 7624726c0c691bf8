package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Attachments.Holder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes away from a user what a call gave it and it did not have. Users are people's: Backstop gives them nothing, so that
 * nobody can have it hand out rights; what a call took away a person gives back, with the command that prior state allows.
 */
final class RestoreUserPermissions implements Remediation {
    private static final String TYPE = "AWS::IAM::User";

    @Override
    public String id() {
        return "restore-user-permissions";
    }

    @Override
    public boolean changesIam() {
        return true;
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(user(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Resource user = user(record);
        Optional<RecordedPolicies> before = Optional.ofNullable(prior.get(user)).map(RecordedPolicies::new);
        return switch (record.eventName()) {
            case "AttachUserPolicy" -> attached(record, user, before);
            case "DetachUserPolicy" -> detached(record, user);
            case "PutUserPolicy", "DeleteUserPolicy" -> inline(record, user, before);
            case "PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary" -> boundary(user, before);
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String user = "arn:${Partition}:iam::${Account}:user/*";
        return Set.of(
                new Permission("iam:ListAttachedUserPolicies", user),
                new Permission("iam:DetachUserPolicy", user),
                new Permission("iam:GetUserPolicy", user),
                new Permission("iam:DeleteUserPolicy", user));
    }

    private static Plan attached(CloudTrailRecord record, Resource user, Optional<RecordedPolicies> before) {
        String arn = Json.text(record.request(), "policyArn");
        if (arn == null) {
            return Texts.notUndone(record);
        }
        boolean attachedBefore = before.filter(known -> known.attached(arn)).isPresent();
        Step<?> step = new ChangeAttachment(user, Holder.user(user.id()), arn, attachedBefore, !attachedBefore);
        return before.isEmpty()
                ? unknown(user, "which policies were attached to", step.command())
                : new Plan.Steps(List.of(step));
    }

    private static Plan detached(CloudTrailRecord record, Resource user) {
        String arn = Json.text(record.request(), "policyArn");
        return arn == null
                ? Texts.notUndone(record)
                : givesNothing(new ChangeAttachment(user, Holder.user(user.id()), arn, true, true).command());
    }

    private static Plan inline(CloudTrailRecord record, Resource user, Optional<RecordedPolicies> before) {
        String name = Json.text(record.request(), "policyName");
        Optional<PolicyDocument> made = Optional.ofNullable(Json.text(record.request(), "policyDocument"))
                .flatMap(PolicyDocument::read);
        boolean put = record.eventName().equals("PutUserPolicy");
        if (name == null || (put && made.isEmpty())) {
            return Texts.notUndone(record);
        }
        Optional<PolicyDocument> previous = before.flatMap(known -> known.inline(name));
        if (previous.isPresent()) {
            return givesNothing(Command.line("aws", "iam", "put-user-policy", "--user-name", user.id())
                    + " "
                    + Command.line(
                            "--policy-name",
                            name,
                            "--policy-document",
                            previous.get().text()));
        }
        if (!put || before.isEmpty()) {
            String remove =
                    Command.line("aws", "iam", "delete-user-policy", "--user-name", user.id(), "--policy-name", name);
            return unknown(user, "policy " + name + " of", put ? remove : null);
        }
        return new Plan.Steps(List.of(new RemoveUserPolicy(user, name, made.orElseThrow())));
    }

    private static Plan boundary(Resource user, Optional<RecordedPolicies> before) {
        if (before.isEmpty()) {
            return unknown(user, "the permissions boundary of", null);
        }
        String arn = before.get().boundary();
        return givesNothing(
                arn == null
                        ? Command.line("aws", "iam", "delete-user-permissions-boundary", "--user-name", user.id())
                        : Command.line("aws", "iam", "put-user-permissions-boundary", "--user-name", user.id()) + " "
                                + Command.line("--permissions-boundary", arn));
    }

    private static Plan givesNothing(String command) {
        return new Plan.Refused(
                "Backstop gives no user anything, and changes no permissions boundary; run: " + command);
    }

    private static Plan unknown(Resource user, String what, @Nullable String command) {
        return new Plan.Refused("prior state unknown: no record of " + what + " user " + user.id()
                + " before the call; AWS Config must record " + TYPE + " for this"
                + (command == null ? "" : "; to take away what the call gave, run: " + command));
    }

    private static Resource user(CloudTrailRecord record) {
        String name = Json.text(record.request(), "userName");
        return new Resource(TYPE, name == null ? "unknown" : name, record.region(), record.account());
    }
}
