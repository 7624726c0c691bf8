package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One session of an agent: temporary credentials of one role, issued once.
 *
 * @param id the agent's session id: its {@code agent-session} tag or source identity, else the role session name
 * @param roleArn the role's ARN with its path
 * @param principalId {@code AROA…:session-name}, which is {@code aws:userid} in policies
 * @param accessKeyId the {@code ASIA…} key that the session signs with
 * @param developer who started it, by session tag; null when its STS record has not come or had no such tag
 * @param project what for, by session tag; null like developer
 * @param startedAt when the credentials were issued; null when only seen in later records
 * @param parentAccessKeyId the key that assumed the role, when that was a session itself
 */
public record AgentSession(
        String id,
        String roleArn,
        String name,
        @Nullable String principalId,
        @Nullable String accessKeyId,
        @Nullable String sourceIdentity,
        @Nullable String developer,
        @Nullable String project,
        @Nullable Instant startedAt,
        @Nullable String parentAccessKeyId) {
    /** The <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">longest</a> one can last. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** STS takes no such name, so it is no session's. */
    private static final String EVERYONE = "*";

    /** Every session of a role at once, for what is done to all of them. */
    public static AgentSession everyoneOn(String roleArn) {
        String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        return new AgentSession(
                "every session of " + name, roleArn, EVERYONE, null, null, null, null, null, null, null);
    }

    /** Whether every session of the role is meant. */
    public boolean isEveryone() {
        return name.equals(EVERYONE);
    }

    /** The role's name: the last part of its ARN. */
    public String roleName() {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** What tells it from all others: its name on its role, as in the name of its deny policy. */
    public String key() {
        return roleArn + "#" + name;
    }

    /** Whether the session's STS record is known, and with it who answers for it. */
    public boolean ownerKnown() {
        return startedAt != null;
    }

    /**
     * Whether the id stands for this one session wherever it shows: its source identity, or a tag of its own. A mere
     * session name is anyone's to choose, on every role again.
     */
    public boolean idIsItsOwn() {
        return !isEveryone() && (id.equals(sourceIdentity) || !id.equals(name));
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("roleArn", roleArn);
        json.put("name", name);
        json.put("principalId", principalId);
        json.put("accessKeyId", accessKeyId);
        json.put("sourceIdentity", sourceIdentity);
        json.put("developer", developer);
        json.put("project", project);
        json.put("startedAt", startedAt == null ? null : startedAt.toString());
        json.put("parentAccessKeyId", parentAccessKeyId);
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws BadInputException when id, role or name is missing, or the time is not one
     */
    public static AgentSession of(JsonNode json, String where) {
        return new AgentSession(
                Json.required(json, "id", where),
                Json.required(json, "roleArn", where),
                Json.required(json, "name", where),
                Json.text(json, "principalId"),
                Json.text(json, "accessKeyId"),
                Json.text(json, "sourceIdentity"),
                Json.text(json, "developer"),
                Json.text(json, "project"),
                Json.instant(json, "startedAt", where),
                Json.text(json, "parentAccessKeyId"));
    }
}
