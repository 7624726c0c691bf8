package dev.backstop.cli.input;

import dev.backstop.core.AgentSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which callers may be agents, of any account: never fewer than the selector's pattern selects. */
final class Callers {
    private final List<String> roles;
    private final List<String> sessions;
    private final AgentSelector agents;

    Callers(AgentSelector agents) {
        this.agents = agents;
        this.roles =
                agents.rolePrefixes().stream().map(prefix -> ":role/" + prefix).toList();
        this.sessions = agents.sessionNamePrefixes().stream()
                .map(prefix -> ":assumed-role/" + prefix)
                .toList();
    }

    boolean byRole(@Nullable String issuerArn) {
        return holdsOneOf(roles, issuerArn);
    }

    boolean bySourceIdentity(@Nullable String sourceIdentity) {
        return agents.isSessionId(sourceIdentity);
    }

    boolean bySession(@Nullable String callerArn) {
        return holdsOneOf(sessions, callerArn);
    }

    private static boolean holdsOneOf(List<String> parts, @Nullable String arn) {
        if (arn == null) {
            return false;
        }
        for (String part : parts) {
            if (arn.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
