package dev.backstop.core.memory;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.Canary;
import java.time.InstantSource;

/** Sessions of a role in memory: refused when a policy of the role denies them. */
public record LocalCanary(LocalRolePolicies policies, String roleArn, InstantSource clock) implements Canary {
    @Override
    public CanarySession open(String sessionId) {
        AgentSession session = new AgentSession(
                sessionId,
                roleArn,
                sessionId,
                "AROACANARY:" + sessionId,
                "ASIA" + sessionId,
                sessionId,
                "backstop",
                "drill",
                clock.instant(),
                null);
        return new LocalSession(session);
    }

    private final class LocalSession implements CanarySession {
        private final AgentSession session;

        private LocalSession(AgentSession session) {
            this.session = session;
        }

        @Override
        public AgentSession session() {
            return session;
        }

        @Override
        public boolean call() {
            SessionContext caller =
                    new SessionContext("AROACANARY:" + session.id(), session.id(), session.id(), clock.instant());
            return !policies.denies(session.roleName(), caller);
        }

        /** A session that is denied cannot make a dry run either. */
        @Override
        public void beat() {
            if (!call()) {
                throw new LocalAwsException("UnauthorizedOperation", "session " + session.id() + " is denied");
            }
        }
    }
}
