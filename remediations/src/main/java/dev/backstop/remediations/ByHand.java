package dev.backstop.remediations;

import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;

/**
 * A step that is never applied: it reads what is left, and says why only a person can go on and how.
 *
 * @param <S> what it reads
 */
interface ByHand<S> extends Step<S> {
    @Override
    default boolean byHand() {
        return true;
    }

    /** The runner applies only what compares as expected, which these never do. */
    @Override
    default void apply(Aws aws, S live) {
        throw new IllegalStateException("only a person can " + summary());
    }
}
