package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import java.util.List;

/** Sessions of which nothing was seen, and which must be those that a text means if it means any. */
@FunctionalInterface
public interface Presumption {
    /** Where only what was seen is acted on. */
    Presumption NONE = _ -> List.of();

    /** Empty where nothing can be presumed. */
    List<AgentSession> of(String text);
}
