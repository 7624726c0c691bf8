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
 * Gives an agent role back the policies that it had before a call. A policy that the call attached is detached even where
 * prior state is unknown: attaching what is attached already is no call that anybody has a reason for.
 */
final class RestoreRolePermissions implements Remediation {
    private static final String TYPE = "AWS::IAM::Role";
    /** How the names of all policies begin by which the guard denies. */
    private static final String DENIES = "BackstopRevoke";

    @Override
    public String id() {
        return "restore-role-permissions";
    }

    @Override
    public boolean changesIam() {
        return true;
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(role(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Resource role = role(record);
        Optional<RecordedPolicies> before = Optional.ofNullable(prior.get(role)).map(RecordedPolicies::new);
        return switch (record.eventName()) {
            case "PutRolePolicy", "DeleteRolePolicy" -> inline(record, role, before);
            case "AttachRolePolicy", "DetachRolePolicy" -> attachment(record, role, before);
            case "UpdateAssumeRolePolicy" ->
                before.flatMap(RecordedPolicies::trust)
                        .map(trust -> only(new RestoreTrust(role, trust)))
                        .orElseGet(() -> unknown(role, "who might assume it"));
            case "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary" ->
                before.<Plan>map(known -> new Plan.Refused(
                                "Backstop changes no permissions boundary; run: " + boundary(role, known.boundary())))
                        .orElseGet(() -> unknown(role, "its permissions boundary"));
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String role = Permission.AGENT_ROLES;
        return Set.of(
                // Of every role: to say of one that is no agent role that it is none.
                new Permission("iam:GetRole", "arn:${Partition}:iam::${Account}:role/*"),
                new Permission("iam:GetRolePolicy", role),
                new Permission("iam:PutRolePolicy", role),
                new Permission("iam:DeleteRolePolicy", role),
                new Permission("iam:ListAttachedRolePolicies", role),
                new Permission("iam:AttachRolePolicy", role),
                new Permission("iam:DetachRolePolicy", role));
    }

    private static Plan inline(CloudTrailRecord record, Resource role, Optional<RecordedPolicies> before) {
        String name = Json.text(record.request(), "policyName");
        if (name == null) {
            return Texts.notUndone(record);
        }
        boolean deleted = record.eventName().equals("DeleteRolePolicy");
        if (deleted && name.startsWith(DENIES)) {
            return new Plan.Refused(
                    name + " was a deny of Backstop's own: its hourly sweep puts it back; revoke the session"
                            + " again to have it at once");
        }
        Optional<PolicyDocument> made = Optional.ofNullable(Json.text(record.request(), "policyDocument"))
                .flatMap(PolicyDocument::read);
        if (before.isEmpty()) {
            return unknown(role, "policy " + name);
        }
        Optional<PolicyDocument> previous = before.get().inline(name);
        if (deleted && previous.isEmpty()) {
            return unknown(role, "policy " + name);
        }
        return !deleted && made.isEmpty()
                ? new Plan.Refused("the record does not hold the policy " + name + " that was put on role " + role.id())
                : only(new RestoreInlinePolicy(role, name, made, previous));
    }

    private static Plan attachment(CloudTrailRecord record, Resource role, Optional<RecordedPolicies> before) {
        String arn = Json.text(record.request(), "policyArn");
        if (arn == null) {
            return Texts.notUndone(record);
        }
        // Detaching what is not attached fails, so a call that succeeded has changed something.
        boolean detached = record.eventName().equals("DetachRolePolicy");
        boolean attachedBefore =
                detached || before.filter(known -> known.attached(arn)).isPresent();
        return only(
                new ChangeAttachment(role, Holder.role(role.id()), arn, attachedBefore, detached || !attachedBefore));
    }

    private static Plan only(Step<?> step) {
        return new Plan.Steps(List.of(step));
    }

    private static Plan unknown(Resource role, String what) {
        return new Plan.Refused("prior state unknown: no record of " + what + " of role " + role.id()
                + " before the call; AWS Config must record " + TYPE + " for this");
    }

    private static String boundary(Resource role, @Nullable String arn) {
        return arn == null
                ? Command.line("aws", "iam", "delete-role-permissions-boundary", "--role-name", role.id())
                : Command.line(
                        "aws",
                        "iam",
                        "put-role-permissions-boundary",
                        "--role-name",
                        role.id(),
                        "--permissions-boundary",
                        arn);
    }

    private static Resource role(CloudTrailRecord record) {
        String name = Json.text(record.request(), "roleName");
        return new Resource(TYPE, name == null ? "unknown" : name, record.region(), record.account());
    }
}
