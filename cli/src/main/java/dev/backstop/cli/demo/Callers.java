package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Caller.Kind;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.UserIdentity;
import dev.backstop.core.memory.SessionContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What IAM knows of the callers: from the STS record that issued their credentials, else from their own records. */
final class Callers {
    private final Map<String, SessionContext> byKey = new HashMap<>();
    private final AgentSelector agents;

    Callers(AgentSelector agents) {
        this.agents = agents;
    }

    /** Takes in the credentials that a call issued, if it did. */
    void learn(CloudTrailRecord record) {
        IssuedSession.of(record, agents)
                .ifPresent(issued -> byKey.put(
                        Objects.requireNonNull(issued.accessKeyId()),
                        new SessionContext(
                                Objects.requireNonNull(issued.principalId()),
                                issued.sourceIdentity(),
                                sessionTag(record),
                                record.eventTime())));
    }

    Caller of(CloudTrailRecord record) {
        UserIdentity identity = record.caller();
        String role = last(identity.issuerArn() == null ? identity.type() : identity.issuerArn());
        String name = identity.sessionName() == null ? last(String.valueOf(identity.arn())) : identity.sessionName();
        SessionContext context = byKey.get(String.valueOf(identity.accessKeyId()));
        return new Caller(name, kind(identity, role), role, context == null ? fromRecord(record) : context);
    }

    private Kind kind(UserIdentity identity, String role) {
        if (agents.selects(identity)) {
            return Kind.AGENT;
        }
        return role.startsWith("AWSReservedSSO_") || identity.type().equals("IAMUser") ? Kind.PERSON : Kind.SERVICE;
    }

    private static SessionContext fromRecord(CloudTrailRecord record) {
        UserIdentity identity = record.caller();
        String issued = Json.text(
                record.json().path("userIdentity").path("sessionContext").path("attributes"), "creationDate");
        return new SessionContext(
                String.valueOf(identity.principalId()),
                identity.sourceIdentity(),
                null,
                issued == null ? record.eventTime() : Instant.parse(issued));
    }

    private static @Nullable String sessionTag(CloudTrailRecord record) {
        return Json.items(record.request().path("tags")).stream()
                .filter(tag -> "agent-session".equals(Json.text(tag, "key")))
                .map(tag -> Json.text(tag, "value"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
