package dev.backstop.core.port;

import dev.backstop.core.AgentSession;

/** The agent role that the guard opens sessions of, to prove itself on them. */
public interface Canary {
    /** Opens a session, as agents' sessions are opened. Errors escape. */
    CanarySession open(String sessionId);

    /** One session of the canary role. */
    interface CanarySession {
        AgentSession session();

        /** Makes the harmless call that the role allows: true when it succeeded, false when IAM refused it. Other errors escape. */
        boolean call();

        /** Makes the call of a {@link dev.backstop.core.Heartbeat}: a dry run, which CloudTrail records. Errors escape. */
        void beat();
    }
}
