package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Command;
import dev.backstop.core.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What no policy on a role can stop, and what a person does instead. */
final class Unreachable {
    private static final String BY_HAND = "cannot revoke ";

    private Unreachable() {}

    /** Why the session cannot be denied on a role, whoever may edit it, and the way there is; empty where it can. */
    static Optional<String> session(AgentSession session, Instant now) {
        String arn = session.roleArn();
        if (arn.contains(":role/")) {
            return role(arn).or(() -> name(session, now));
        }
        if (arn.contains(":user/")) {
            return Optional.of(user(session, now));
        }
        return Optional.of(
                arn.endsWith(":root")
                        ? BY_HAND + arn
                                + ": no policy binds the root user. Credentials of AssumeRoot die within 15 minutes,"
                                + " and no new ones are issued after (in the management account): aws iam"
                                + " disable-organizations-root-sessions. Otherwise sign in as root, change its password and"
                                + " delete its access keys; in a member account, a service control policy denies root as well"
                        : BY_HAND + arn
                                + ": it is no session of a role. Find who called in the record's userIdentity, and"
                                + " take its permissions there");
    }

    /** Why nobody can edit the role, and the way there is; empty where somebody can. */
    static Optional<String> role(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (arn.contains(":role/aws-service-role/")) {
            String service = arn.substring(
                    arn.indexOf("aws-service-role/") + "aws-service-role/".length(), arn.lastIndexOf('/'));
            return Optional.of(
                    BY_HAND + "on " + name + ": only the service of a service-linked role can change it; stop what"
                            + " it does in " + service + " itself");
        }
        if (arn.contains(":role/aws-reserved/") || name.startsWith("AWSReservedSSO_")) {
            return Optional.of(
                    BY_HAND + "on " + name + ": IAM Identity Center alone edits its roles. There, disable the user"
                            + " and end the user's sessions; what already runs stops by a deny in the permission set "
                            + permissionSet(name)
                            + ": aws sso-admin put-inline-policy-to-permission-set (its policy as it is, and a"
                            + " Deny of * under StringEquals identitystore:userId), then aws sso-admin provision-permission-set");
        }
        return arn.contains(":role/") ? Optional.empty() : Optional.of(BY_HAND + arn + ": it is no role");
    }

    /** {@code AWSReservedSSO_Name_0123456789abcdef}. */
    private static String permissionSet(String roleName) {
        return roleName.replaceFirst("^AWSReservedSSO_", "").replaceFirst("_[0-9a-f]{16}$", "");
    }

    /** A damaged record must not become a policy that denies somebody else. */
    private static Optional<String> name(AgentSession session, Instant now) {
        return DenyTerm.isSessionName(session.name())
                ? Optional.empty()
                : Optional.of(
                        BY_HAND + "session " + session.name() + ": STS issues no session of that name, so no policy can"
                                + " name it. Deny every session of the role: "
                                + new DenyRole(Resource.role(session.roleArn()), now).command());
    }

    private static String user(AgentSession session, Instant now) {
        String user = session.roleName();
        String key = session.accessKeyId();
        String principal = session.principalId();
        if (principal != null && principal.contains(":")) {
            return BY_HAND + "federated user " + session.name() + " on a role: its permissions are those of user "
                    + user + "; run: "
                    + put(user, session.name(), new DenyTerm("StringEquals", "aws:userid", principal), now);
        }
        if (key != null && key.startsWith("ASIA")) {
            return BY_HAND + "a session of user " + user
                    + " on a role. All temporary credentials of the user are denied by: " + put(user, user, null, now);
        }
        return BY_HAND + "user " + user + " on a role: its access keys do not expire; run: "
                + Command.line(
                        "aws",
                        "iam",
                        "update-access-key",
                        "--user-name",
                        user,
                        "--access-key-id",
                        key == null ? "KEY" : key,
                        "--status",
                        "Inactive");
    }

    private static String put(String user, String name, @Nullable DenyTerm term, Instant now) {
        Set<DenyTerm> terms = term == null ? Set.of() : Set.of(term);
        return Command.line(
                "aws",
                "iam",
                "put-user-policy",
                "--user-name",
                user,
                "--policy-name",
                DenyPolicyDocument.PREFIX + name,
                "--policy-document",
                DenyStatement.document(List.of(new DenyStatement(terms, DenyPolicyDocument.cutOff(now)))));
    }
}
