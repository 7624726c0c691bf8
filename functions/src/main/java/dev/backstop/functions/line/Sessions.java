package dev.backstop.functions.line;

import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;

/** Everything that is kept of sessions: who they are, what they did, and which are revoked. */
public record Sessions(SessionRegistry registry, Timeline timeline, Revocations revocations) {}
