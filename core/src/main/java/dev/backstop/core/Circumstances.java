package dev.backstop.core;

import dev.backstop.core.Leniency.Maintenance;
import org.jspecify.annotations.Nullable;

/**
 * What is known around a finding that may make it matter less; what is not known is as if it were not so.
 *
 * @param ownCreation whether everything that the call does away with was created by the same session
 * @param owner the session's project, where that owns all that the call is about
 * @param maintenance the window in which the call was made
 */
public record Circumstances(
        boolean ownCreation,
        @Nullable String owner,
        @Nullable Maintenance maintenance) {
    /** Nothing that would make a finding matter less. */
    public static final Circumstances NOTHING_KNOWN = new Circumstances(false, null, null);
}
