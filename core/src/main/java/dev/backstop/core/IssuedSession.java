package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session that an STS record issued: the only place where its session tags stand; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">session tags</a>.
 */
public final class IssuedSession {
    private IssuedSession() {}

    /** Reads AssumeRole and its kin; empty for calls that issue no role session, and for failed ones. */
    public static Optional<AgentSession> of(CloudTrailRecord sts, AgentSelector agents) {
        JsonNode request = sts.request();
        JsonNode response = sts.response();
        String roleArn = Json.text(request, "roleArn");
        String key = Json.text(response.path("credentials"), "accessKeyId");
        String principal = Json.text(response.path("assumedRoleUser"), "assumedRoleId");
        if (roleArn == null || key == null || principal == null || sts.errorCode() != null) {
            return Optional.empty();
        }
        String name = principal.substring(principal.indexOf(':') + 1);
        String identity = sourceIdentity(sts);
        String tagged = tag(request, "agent-session");
        String id = tagged != null ? tagged : identity != null && agents.isSessionId(identity) ? identity : name;
        String caller = sts.caller().accessKeyId();
        boolean chained = caller != null && caller.startsWith("ASIA");
        return Optional.of(new AgentSession(
                id,
                roleArn,
                name,
                principal,
                key,
                identity,
                tag(request, "developer"),
                tag(request, "project"),
                sts.eventTime(),
                chained ? caller : null));
    }

    private static @Nullable String sourceIdentity(CloudTrailRecord sts) {
        String requested = Json.text(sts.request(), "sourceIdentity");
        String answered = Json.text(sts.response(), "sourceIdentity");
        return requested != null
                ? requested
                : answered != null ? answered : sts.caller().sourceIdentity();
    }

    /** Tags of the request win over transitive ones that came along; SAML and web identity have a map. */
    private static @Nullable String tag(JsonNode request, String name) {
        for (JsonNode tag : Json.items(request.path("tags"))) {
            if (name.equals(Json.text(tag, "key"))) {
                return Json.text(tag, "value");
            }
        }
        String federated = Json.text(request.path("principalTags"), name);
        return federated != null ? federated : Json.text(request.path("incomingTransitiveTags"), name);
    }
}
