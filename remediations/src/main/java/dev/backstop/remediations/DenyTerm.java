package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that tells a session from its neighbours on the role, as a condition states it; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">the condition keys</a>.
 *
 * @param operator {@code StringEquals}, or {@code StringLike} for a user id whose first half is not known
 */
record DenyTerm(String operator, String key, String value) {
    private static final String EQUALS = "StringEquals";
    private static final String LIKE = "StringLike";
    private static final String USER_ID = "aws:userid";
    private static final String SOURCE_IDENTITY = "aws:SourceIdentity";
    private static final String TAG = "aws:PrincipalTag/agent-session";

    /** What STS takes as a role session name: no asterisk, no colon, no dollar sign. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

    /** What may stand in a tag as well as in a policy; a policy takes no character beyond U+00FF. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_+=,.@:/ \\xc0-\\xff-]{1,256}");

    /** Whether STS can have issued a session of that name; only such names stand in policies and their names. */
    static boolean isSessionName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * All that tells the session from others. Source identity and tag only where the value is this session's own id: a
     * person's name would stop all that person's sessions, and a session name, which anyone may choose, that of another
     * session that is really tagged so.
     */
    static Set<DenyTerm> of(AgentSession session) {
        Set<DenyTerm> terms = new LinkedHashSet<>();
        terms.add(userId(session));
        String id = session.id();
        if (VALUE.matcher(id).matches()) {
            if (id.equals(session.sourceIdentity())) {
                terms.add(new DenyTerm(EQUALS, SOURCE_IDENTITY, id));
            }
            if (session.ownerKnown() && tagged(session)) {
                terms.add(new DenyTerm(EQUALS, TAG, id));
            }
        }
        return terms;
    }

    /** The session by {@code aws:userid}: exactly, or by name on whatever role the policy stands on. */
    static DenyTerm userId(AgentSession session) {
        String principal = session.principalId();
        return principal != null && principal.matches("[A-Z0-9]+:" + Pattern.quote(session.name()))
                ? new DenyTerm(EQUALS, USER_ID, principal)
                : anyRole(session);
    }

    private static DenyTerm anyRole(AgentSession session) {
        return new DenyTerm(LIKE, USER_ID, "*:" + session.name());
    }

    /** The shortest that says the same on one role, whose sessions all have the same first half of their user id. */
    DenyTerm brief() {
        return isUserId() && operator.equals(EQUALS) && value.contains(":")
                ? new DenyTerm(LIKE, USER_ID, "*" + value.substring(value.indexOf(':')))
                : this;
    }

    /** Whether this alone denies the session by its user id. */
    boolean denies(AgentSession session) {
        return equals(userId(session)) || equals(anyRole(session));
    }

    /** Whether it may hit the session, whichever of its properties it speaks of. */
    boolean concerns(AgentSession session) {
        return isUserId() ? value.endsWith(":" + session.name()) : value.equals(session.id());
    }

    boolean isUserId() {
        return key.equals(USER_ID);
    }

    /** Whether Backstop writes such terms. */
    boolean isOurs() {
        return isUserId() || (operator.equals(EQUALS) && (key.equals(SOURCE_IDENTITY) || key.equals(TAG)));
    }

    /** Whether the two may stand in one list of values. */
    boolean listsWith(DenyTerm other) {
        return operator.equals(other.operator) && key.equals(other.key);
    }

    /** An id that is but the session's name says nothing of a tag, unless other tags are there too. */
    private static boolean tagged(AgentSession session) {
        return !session.id().equals(session.name())
                || session.id().equals(session.sourceIdentity())
                || session.developer() != null
                || session.project() != null;
    }
}
