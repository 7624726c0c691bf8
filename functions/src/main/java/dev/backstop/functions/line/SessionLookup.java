package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.SessionRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the sessions that a person means by what is at hand at 3 a.m.: a session id, a role session's ARN, an access key id,
 * a principal id ({@code AROA…:name}) or a source identity.
 */
public final class SessionLookup {
    private static final String WHERE = "input";
    private static final String FIELD = "session";
    private static final Pattern ROLE_SESSION =
            Pattern.compile("arn:([a-z-]+):sts::([0-9]{12}):assumed-role/([^/]+)/(.+)");
    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/(?:.+/)?([^/]+)");
    private static final Duration RECENT = Duration.ofDays(1);
    private static final int MOST_CANDIDATES = 8;

    /** In bytes; no ARN of a session is longer, and it must fit into a key of the table. */
    private static final int LONGEST = 1024;

    private final SessionRegistry registry;
    private final Roles roles;
    private final AgentSelector agents;
    private final InstantSource clock;

    public SessionLookup(SessionRegistry registry, Roles roles, AgentSelector agents, InstantSource clock) {
        this.registry = registry;
        this.roles = roles;
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * The sessions that a text stands for, latest first; empty where it stands for nothing that is known.
     *
     * @throws BadInputException when it is no session's, or could be several people's: the message lists them
     */
    public List<AgentSession> find(String asked) {
        String text = usable(asked);
        Matcher session = ROLE_SESSION.matcher(text);
        if (session.matches()) {
            return roleSession(session);
        }
        Matcher role = ROLE.matcher(text);
        if (role.matches()) {
            throw new BadInputException(
                    WHERE,
                    FIELD,
                    "is a role; to stop every session of it, ask for {\"role\": \"" + role.group(1)
                            + "\", \"all\": true, \"confirm\": true}, or backstop revoke --role " + role.group(1)
                            + " --all --confirm");
        }
        if (text.startsWith("AKIA")) {
            throw new BadInputException(
                    WHERE,
                    FIELD,
                    "is a user's long-lived key, which is no session's; to stop it: aws iam update-access-key"
                            + " --status Inactive --access-key-id " + text + " --user-name USER");
        }
        if (text.startsWith("ASIA")) {
            return registry.find(withKey(text)).stream().toList();
        }
        List<AgentSession> withId = registry.withId(text);
        return withId.isEmpty() ? otherwise(text) : withId;
    }

    /** What to say where {@link #find} found nothing: with the latest sessions, one of which may be meant. */
    public BadInputException unknown(String text) {
        List<AgentSession> latest = registry.since(clock.instant().minus(RECENT));
        String candidates = latest.isEmpty()
                ? "no session was seen in the last 24 hours"
                : "the latest are "
                        + candidates(latest.stream().limit(MOST_CANDIDATES).toList());
        return new BadInputException(
                WHERE,
                FIELD,
                "nothing is known as " + text + ": give a session id, a role session's ARN, an access key id (ASIA…) or"
                        + " a source identity; " + candidates);
    }

    /**
     * Stands for every session of a role.
     *
     * @throws BadInputException when there is no role of that name
     */
    AgentSession everybodyOn(String roleName) {
        Roles.Role role = roles.named(roleName)
                .orElseThrow(() -> new BadInputException(
                        WHERE,
                        "role",
                        "there is no role " + roleName + " in this account: give its name, without a path"));
        return AgentSession.everyoneOn(role.arn());
    }

    private List<AgentSession> otherwise(String text) {
        List<AgentSession> identified = registry.withSourceIdentity(text);
        if (identified.stream().map(AgentSession::id).distinct().count() > 1) {
            throw new BadInputException(
                    WHERE,
                    FIELD,
                    text + " is the source identity of several sessions; name one of " + candidates(identified));
        }
        if (identified.isEmpty() && text.startsWith("AROA")) {
            return registry.since(clock.instant().minus(AgentSession.LONGEST)).stream()
                    .filter(session -> text.equals(session.principalId()))
                    .toList();
        }
        return identified;
    }

    /** What is pasted at night has blanks around it; what is longer than any ARN or holds a line break is no name. */
    private static String usable(String asked) {
        String text = asked.strip();
        if (text.isEmpty()
                || text.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || !text.chars().allMatch(each -> each >= ' ')) {
            throw new BadInputException(
                    WHERE,
                    FIELD,
                    "is no id, ARN or access key: it is empty, longer than " + LONGEST
                            + " bytes, or has a line break or control character in it");
        }
        return text;
    }

    /** The ARN alone says enough to stop it: the role's path and id are IAM's to tell. */
    private List<AgentSession> roleSession(Matcher arn) {
        String partition = arn.group(1);
        String roleName = arn.group(3);
        String name = arn.group(4);
        AgentSession seen = new AgentSession(
                name,
                "arn:" + partition + ":iam::" + arn.group(2) + ":role/" + roleName,
                name,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Optional<AgentSession> known = registry.find(seen);
        if (known.isPresent()) {
            return List.of(known.get());
        }
        Roles.Role role = roles.named(roleName)
                .orElseThrow(() -> new BadInputException(
                        WHERE, FIELD, "there is no role " + roleName + " in this account, so no session of it"));
        String account = Resource.role(role.arn()).account();
        if (!account.equals(arn.group(2))) {
            throw new BadInputException(
                    WHERE,
                    FIELD,
                    "is a session in account " + arn.group(2) + ", and this is " + account + ": stop it there, by"
                            + " backstop revoke --direct with credentials of that account");
        }
        return List.of(new AgentSession(
                name,
                role.arn(),
                name,
                role.id() + ":" + name,
                null,
                agents.isSessionId(name) ? name : null,
                null,
                null,
                null,
                null));
    }

    private static AgentSession withKey(String accessKeyId) {
        return new AgentSession(accessKeyId, "", "", null, accessKeyId, null, null, null, null, null);
    }

    private static String candidates(List<AgentSession> sessions) {
        return sessions.stream()
                .map(session -> session.id() + " (" + session.roleName() + ", "
                        + (session.developer() == null ? "no developer" : session.developer()) + ", "
                        + session.startedAt() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
