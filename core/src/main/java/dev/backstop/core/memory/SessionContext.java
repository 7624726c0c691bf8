package dev.backstop.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What IAM knows of a role session when it evaluates a policy; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">the condition keys</a>.
 *
 * @param userId {@code aws:userid}
 * @param sourceIdentity {@code aws:SourceIdentity}
 * @param agentSession {@code aws:PrincipalTag/agent-session}
 * @param issuedAt {@code aws:TokenIssueTime}
 */
public record SessionContext(
        String userId,
        @Nullable String sourceIdentity,
        @Nullable String agentSession,
        Instant issuedAt) {
    @Nullable
    String value(String key) {
        return switch (key) {
            case "aws:userid" -> userId;
            case "aws:SourceIdentity" -> sourceIdentity;
            case "aws:PrincipalTag/agent-session" -> agentSession;
            case "aws:TokenIssueTime" -> issuedAt.toString();
            default -> throw new LocalAwsException("NotModelled", "condition key " + key);
        };
    }
}
