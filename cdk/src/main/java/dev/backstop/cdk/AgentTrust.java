package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;

/**
 * Who may open a session of an agent role, and what they must say: the session's id as source identity, session name and
 * tag {@code agent-session}, which must stay with every session that this one opens; the developer and the project. One
 * statement an action, because AWS gives each action only <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html">condition
 * keys of its own</a>: a key that is not there would refuse everybody.
 *
 * @param sessionIds what ids begin with
 */
record AgentTrust(IPrincipal trusted, List<String> sessionIds) {
    private static final String THE_NAME = "${sts:RoleSessionName}";

    /** The trusted principal, with what it must say in the call that opens the session. */
    IPrincipal principal() {
        return new PrincipalWithConditions(
                trusted,
                Map.of(
                        "StringEquals",
                                Map.of("sts:SourceIdentity", THE_NAME, "aws:RequestTag/agent-session", THE_NAME),
                        "StringLike",
                                Map.of(
                                        "sts:RoleSessionName", ids(),
                                        "aws:RequestTag/developer", "?*",
                                        "aws:RequestTag/project", "?*")));
    }

    /** Adds what the call that opens a session needs besides. */
    void complete(Role role) {
        var document = Objects.requireNonNull(role.getAssumeRolePolicy());
        document.addStatements(
                statement("sts:SetSourceIdentity")
                        .conditions(Map.of("StringLike", Map.of("sts:SourceIdentity", ids())))
                        .build(),
                statement("sts:TagSession")
                        .conditions(Map.of(
                                "ForAnyValue:StringEquals", Map.of("sts:TransitiveTagKeys", "agent-session"),
                                "ForAllValues:StringNotLike", Map.of("aws:TagKeys", "backstop:*")))
                        .build());
    }

    /** What the identity policy of a trusted principal must allow. */
    static PolicyStatement assuming(String roleArn) {
        return Grants.allow(List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"), List.of(roleArn));
    }

    private PolicyStatement.Builder statement(String action) {
        return PolicyStatement.Builder.create().principals(List.of(trusted)).actions(List.of(action));
    }

    private List<String> ids() {
        return sessionIds.stream().map(prefix -> prefix + "*").toList();
    }
}
