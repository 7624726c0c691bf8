package dev.backstop.core;

/**
 * What is known around a finding that may make it matter less; what is not known is as if it were not so.
 *
 * @param ownCreation whether everything that the call does away with was created by the same session
 */
public record Circumstances(boolean ownCreation) {
    /** Nothing that would make a finding matter less. */
    public static final Circumstances NOTHING_KNOWN = new Circumstances(false);
}
