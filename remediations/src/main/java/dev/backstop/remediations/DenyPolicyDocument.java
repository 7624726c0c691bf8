package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Command;
import dev.backstop.core.port.RolePolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * A policy that denies sessions of one role everything; each statement is limited to credentials issued before a cut-off,
 * so that a later session of the same name is not hit for ever.
 *
 * @param name of the inline policy
 * @param json the document, compact
 */
record DenyPolicyDocument(String name, String json) {
    /** Stands before the session's name in the policy of one session. */
    static final String PREFIX = "BackstopRevoke-";

    /** Stands before time and suffix in the policy of many sessions; no two of these are ever named alike. */
    static final String LIST = "BackstopRevokeMany-";

    /** The policy of every session of the role. */
    static final String ROLE = "BackstopRevokeRole";

    /** Credentials minted while IAM still spreads the policy must not escape it. */
    private static final Duration PROPAGATION = Duration.ofMinutes(15);

    /** Clocks differ, and a deny too many costs less than one too few. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** No function runs longer at a kill. */
    private static final Duration FOLDING = Duration.ofMinutes(2);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Everything that tells the session from its neighbours on the role. */
    static DenyPolicyDocument of(AgentSession session, Instant now) {
        List<DenyStatement> statements = DenyTerm.of(session).stream()
                .map(term -> new DenyStatement(Set.of(term), cutOff(now)))
                .toList();
        return new DenyPolicyDocument(PREFIX + session.name(), DenyStatement.document(statements));
    }

    /** The fewest characters that deny whom the terms hit. */
    static DenyPolicyDocument brief(String name, Set<DenyTerm> terms, Instant cutOff) {
        return new DenyPolicyDocument(name, DenyStatement.document(DenyStatement.of(terms, cutOff)));
    }

    /** Many sessions in one policy, under a name that nobody else writes, marked as not finished. */
    static DenyPolicyDocument list(String name, List<DenyStatement> statements) {
        return new DenyPolicyDocument(name, DenyStatement.document(DenyStatement.marked(statements, true)));
    }

    static DenyPolicyDocument everyone(Instant now) {
        return new DenyPolicyDocument(ROLE, DenyStatement.document(List.of(new DenyStatement(Set.of(), cutOff(now)))));
    }

    static Instant cutOff(Instant now) {
        return now.plus(PROPAGATION).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The command by which a person can write it into a role. */
    String command(String roleName) {
        return Command.line(
                "aws",
                "iam",
                "put-role-policy",
                "--role-name",
                roleName,
                "--policy-name",
                name,
                "--policy-document",
                json);
    }

    /** When the last credentials that a cut-off denies are dead for certain. */
    static Instant expiry(Instant cutOff) {
        return cutOff.plus(AgentSession.LONGEST).plus(MARGIN);
    }

    static String listName(Instant now, String suffix) {
        return LIST + STAMP.format(now) + "-" + suffix;
    }

    /** Whether the list of that name is so young that whoever made it may still be at it. */
    static boolean isYoung(String listName, Instant now) {
        try {
            String stamp = listName.substring(LIST.length(), listName.lastIndexOf('-'));
            return STAMP.parse(stamp, Instant::from).isAfter(now.minus(FOLDING));
        } catch (DateTimeParseException | IndexOutOfBoundsException _) {
            return false;
        }
    }

    int size() {
        return RolePolicies.size(json);
    }
}
