package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which callers are agents: the one piece of configuration that every pattern, every role grant and the session
 * registry share.
 *
 * @param rolePrefixes beginnings of a role's path and name, without the leading slash: {@code agents/}, {@code agent-}
 * @param sourceIdentityPrefixes beginnings of a source identity that make the caller an agent: {@code sess_}
 * @param sessionNamePrefixes {@code role-name/beginning-of-session-name}; off by default, anyone may choose a name
 */
public record AgentSelector(
        List<String> rolePrefixes, List<String> sourceIdentityPrefixes, List<String> sessionNamePrefixes) {

    /** Roles under {@code /agents/} or called {@code agent-…}, and source identities beginning with {@code sess_}. */
    public static final AgentSelector DEFAULT =
            new AgentSelector(List.of("agents/", "agent-"), List.of("sess_"), List.of());

    /** The name of the permissions boundary that agent roles should carry. */
    public static final String BOUNDARY_NAME = "backstop-boundary";

    /** The end of that boundary's ARN, after the account. */
    public static final String BOUNDARY = "policy/agents/" + BOUNDARY_NAME;

    public AgentSelector {
        rolePrefixes = List.copyOf(rolePrefixes);
        sourceIdentityPrefixes = List.copyOf(sourceIdentityPrefixes);
        sessionNamePrefixes = List.copyOf(sessionNamePrefixes);
    }

    /** Reads what {@link #toJson} wrote. */
    public static AgentSelector of(JsonNode json) {
        return new AgentSelector(
                Json.values(json, "agentRoles"),
                Json.values(json, "agentSourceIdentities"),
                Json.values(json, "agentSessionNames"));
    }

    /** The selector under the keys of the configuration, for the environment of a function. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("agentRoles", Json.MAPPER.valueToTree(rolePrefixes));
        json.set("agentSourceIdentities", Json.MAPPER.valueToTree(sourceIdentityPrefixes));
        json.set("agentSessionNames", Json.MAPPER.valueToTree(sessionNamePrefixes));
        return json;
    }

    /** Whether a role, given by its ARN with path, is an agent role. */
    public boolean selectsRole(@Nullable String roleArn) {
        return beginsWith(roleArn, ":role/", rolePrefixes);
    }

    /** Whether the caller of a record is an agent; what {@link #callerPattern} says to EventBridge. */
    public boolean selects(UserIdentity caller) {
        return selectsRole(caller.issuerArn())
                || isSessionId(caller.sourceIdentity())
                || beginsWith(caller.arn(), ":assumed-role/", sessionNamePrefixes);
    }

    /** The session that made a call, from its record alone: developer and project stay unknown. */
    public AgentSession session(CloudTrailRecord record) {
        UserIdentity caller = record.caller();
        String name = caller.sessionName();
        String fallback = caller.arn() == null ? caller.type() : caller.arn();
        String known = name == null ? fallback : name;
        String identity = caller.sourceIdentity();
        return new AgentSession(
                identity != null && isSessionId(identity) ? identity : known,
                caller.issuerArn() == null ? fallback : caller.issuerArn(),
                known,
                caller.principalId(),
                caller.accessKeyId(),
                identity,
                null,
                null,
                null,
                null);
    }

    /** Whether a source identity is a session's own id, rather than, say, a person's name. */
    public boolean isSessionId(@Nullable String sourceIdentity) {
        return sourceIdentity != null && sourceIdentityPrefixes.stream().anyMatch(sourceIdentity::startsWith);
    }

    /** The selector as a pattern over {@code detail.userIdentity}, for one account. */
    public ObjectNode callerPattern(Account account) {
        ObjectNode pattern = Json.object();
        var branches = pattern.putArray("$or");
        if (!rolePrefixes.isEmpty()) {
            ObjectNode branch = branches.addObject();
            branch.putObject("sessionContext").putObject("sessionIssuer").set("arn", rolePattern(account));
        }
        if (!sourceIdentityPrefixes.isEmpty()) {
            var values = branches.addObject().putObject("sessionContext").putArray("sourceIdentity");
            sourceIdentityPrefixes.forEach(prefix -> values.addObject().put("prefix", prefix));
        }
        if (!sessionNamePrefixes.isEmpty()) {
            var values = branches.addObject().putArray("arn");
            sessionNamePrefixes.forEach(prefix -> values.add(account.sessionNamed(prefix)));
        }
        return branches.size() == 1 ? (ObjectNode) branches.get(0) : pattern;
    }

    /** The agent roles' ARNs as a pattern over one field, for one account. */
    public JsonNode rolePattern(Account account) {
        var values = Json.MAPPER.createArrayNode();
        rolePrefixes.forEach(prefix -> values.add(account.roleNamed(prefix)));
        return values;
    }

    private static boolean beginsWith(@Nullable String arn, String marker, List<String> prefixes) {
        if (arn == null || !arn.contains(marker)) {
            return false;
        }
        int start = arn.indexOf(marker) + marker.length();
        return prefixes.stream().anyMatch(prefix -> arn.startsWith(prefix, start));
    }

    /** Where the ARNs of a composed pattern point: one account by {@code prefix}, or every account by wildcard. */
    public record Account(String partition, String id) {
        /** Any account in any partition, for readers that see many; never deployed. */
        public static final Account ANY = new Account("*", "*");

        ObjectNode roleNamed(String prefix) {
            return matching("arn:" + partition + ":iam::" + id + ":role/" + prefix);
        }

        ObjectNode sessionNamed(String prefix) {
            return matching("arn:" + partition + ":sts::" + id + ":assumed-role/" + prefix);
        }

        private ObjectNode matching(String arn) {
            return equals(ANY)
                    ? Json.object().put("wildcard", arn + "*")
                    : Json.object().put("prefix", arn);
        }
    }
}
