package dev.backstop.core;

/** How the live state stands to what a step expects. */
public sealed interface Comparison {
    /** The change is there as the record left it: apply. */
    record AsExpected() implements Comparison {}

    /**
     * Nothing can be done until the live state, which moves by itself, has moved on: an instance that is stopping.
     *
     * @param why what is waited for
     */
    record NotYet(String why) implements Comparison {}

    /** Somebody, or an earlier run, has done it: success, and nothing to write. */
    record NothingLeft(String why) implements Comparison {}

    /**
     * The step must not be applied.
     *
     * @param why for the alert: what stands in the way and what a person can do
     */
    record MustNot(String why) implements Comparison {}
}
