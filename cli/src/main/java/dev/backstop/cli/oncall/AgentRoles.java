package dev.backstop.cli.oncall;

import dev.backstop.cli.account.Refusal;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.line.Presumption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The agent roles of the account, on one of which a session must be of which nothing was seen. */
final class AgentRoles implements Presumption {
    /** What STS takes as a source identity and as a session name. */
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

    private final Roles roles;
    private final AgentSelector agents;
    private final Consumer<String> notes;
    private @Nullable List<Role> found;

    AgentRoles(Roles roles, AgentSelector agents, Consumer<String> notes) {
        this.roles = roles;
        this.agents = agents;
        this.notes = notes;
    }

    List<String> arns() {
        return all().stream().map(Role::arn).toList();
    }

    /**
     * The session on each agent role, told by its source identity; only for what is a session's id, since a person's name
     * as source identity is that of all that person's sessions.
     */
    @Override
    public List<AgentSession> of(String text) {
        if (!agents.isSessionId(text) || !IDENTITY.matcher(text).matches()) {
            return List.of();
        }
        List<Role> candidates = all();
        notes.accept(
                candidates.isEmpty()
                        ? "nothing was seen of " + text + ", and no agent role, " + agents.rolePrefixes()
                                + ", on which it could be"
                        : "nothing was seen of " + text + ": taking it for a source identity, on each agent role: "
                                + candidates.stream().map(Role::name).collect(Collectors.joining(", ")));
        return candidates.stream()
                .map(role -> new AgentSession(
                        text, role.arn(), text, role.id() + ":" + text, null, text, null, null, null, null))
                .toList();
    }

    private List<Role> all() {
        List<Role> known = found;
        if (known == null) {
            known = list();
            found = known;
        }
        return known;
    }

    /** What cannot be listed is done without: a first deny may stand already, and its outcome must be told. */
    private List<Role> list() {
        try {
            return roles.under("/").stream()
                    .filter(role -> agents.selectsRole(role.arn()))
                    .sorted(Comparator.comparing(Role::name))
                    .toList();
        } catch (SdkException e) {
            notes.accept("the roles cannot be listed, and are done without: " + Refusal.of(e));
            return List.of();
        }
    }
}
