package dev.backstop.core.port;

import dev.backstop.core.Outcome;
import java.util.List;

/** Lets stopped sessions go on: the other door to the only writer of IAM. */
public interface Release {
    /**
     * Lets a session and all that was stopped with it go on; one outcome a policy, none when nothing of it is revoked.
     *
     * @param reference what the outcomes are to be found under
     */
    List<Outcome> release(String sessionId, String reference);
}
