package dev.backstop.core.port;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;

/** Stops one session, and lets it go on: the door to the only writer of IAM. */
public interface KillSwitch {
    /** Denies the session everything. Errors of IAM come back as outcomes; only a broken line escapes. */
    Outcome revoke(Order order);

    /**
     * Who is to be stopped and why.
     *
     * @param eventId the event that led to it, or the operator's own reference
     * @param rule the rule that asks for it, or {@code operator}
     * @param operator who asks, as claimed
     */
    record Order(AgentSession session, Mode mode, String eventId, String rule, String reason, String operator) {}
}
