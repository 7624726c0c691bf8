package dev.backstop.core.port;

import java.util.Optional;
import java.util.Set;

/** Inline policies of IAM roles. */
public interface RolePolicies {
    /**
     * What all inline policies of one role may hold together, as {@link #size} counts; see <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>.
     */
    int QUOTA = 10_240;

    /** The policy's document as JSON, or empty when role or policy is not there. */
    Optional<String> get(String roleName, String policyName);

    /** The names of a role's inline policies; empty when the role is not there. */
    Set<String> names(String roleName);

    /**
     * Creates or replaces. Fails when the role is not there.
     *
     * @throws QuotaExceededException when the role's inline policies would hold more than {@link #QUOTA}
     */
    void put(String roleName, String policyName, String document);

    /**
     * Removes; one that is not there is success.
     *
     * @return whether it was this call that removed it: true for one of those who ask at once
     */
    boolean delete(String roleName, String policyName);

    /**
     * What a document takes of the quota: IAM does not count white space, and its error speaks of bytes. White space within
     * a string counts here, because no source says that it does not.
     */
    static int size(String document) {
        int size = 0;
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            size += quoted || !Character.isWhitespace(c) ? bytes(c) : 0;
            quoted ^= c == '"' && !escaped;
            escaped = quoted && c == '\\' && !escaped;
        }
        return size;
    }

    private static int bytes(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    /** No room for a policy among the inline policies of the role. */
    final class QuotaExceededException extends RuntimeException {
        public QuotaExceededException(String message) {
            super(message);
        }
    }
}
