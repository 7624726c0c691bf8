package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.TimelineEntry;

/** A call that is kept and counts in some rule's window, with the session that made it. */
public record Counted(AgentSession caller, TimelineEntry entry) {}
