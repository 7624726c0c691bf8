package dev.backstop.core.port;

import java.time.Instant;
import java.util.List;

/** The sessions that are revoked, and where their deny policies stand. Kept until restored. */
public interface Revocations {
    /** Keeps a revocation; again for the same session and role replaces it. */
    void keep(Revoked revoked);

    /** Everything revoked under a session id; empty when nothing is. */
    List<Revoked> of(String sessionId);

    /** All that is revoked. */
    List<Revoked> all();

    /** Forgets a revocation that was lifted. */
    void forget(Revoked revoked);

    /**
     * One deny policy of one session on one role.
     *
     * @param operator who asked, as claimed: {@code backstop} when a rule did
     */
    record Revoked(String sessionId, String roleName, String policyName, Instant at, String reason, String operator) {}
}
