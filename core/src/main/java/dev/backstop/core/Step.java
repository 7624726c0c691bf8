package dev.backstop.core;

import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change to one resource, as a value that can be printed before anything happens: what it expects to find, how it
 * looks, and how it is made. Only whoever runs the step (see the functions module) gives it an {@link Aws}.
 *
 * @param <S> the live state it reads; an immutable value
 */
public interface Step<S> {
    /** The action of the IAM policy language that {@link #apply} needs: {@code ec2:StopInstances}. */
    String action();

    Resource resource();

    /** What the step does, in the infinitive, for a plan that people read. */
    String summary();

    /** The command by which a person can make the same change. */
    String command();

    /** The command by which a person can make what is left of the change, from a live state. */
    default String command(S live) {
        return command();
    }

    /**
     * What the live state will no longer tell once the change has begun, in a few words: kept in the journal before
     * anything is changed, so that whoever goes on after a crash knows it. Null where the live state always says enough.
     */
    default @Nullable String note(S live) {
        return null;
    }

    /** The same step as the one that began, by the note that it left. */
    default Step<S> begunWith(String note) {
        return this;
    }

    /**
     * What makes again what this step undoes, for a person who says that it was meant: it expects what this step leaves, and
     * ends at what this one found. Empty where there is no exact opposite, or only one that nobody should be able to ask of
     * the guard.
     *
     * @param found the live state before the first {@link #apply}
     */
    default List<Step<?>> again(S found) {
        return List.of();
    }

    /** How many calls of {@link #apply} the change may take, one after the other, each from another live state. */
    default int moves() {
        return 1;
    }

    /** Reads the live state. */
    S read(Aws aws);

    /** Compares the live state with what the step expects; pure. After a successful last apply it is NothingLeft. */
    Comparison compare(S live);

    /** Makes the change, given the state that was just compared. Errors escape. */
    void apply(Aws aws, S live);

    /** The part of the state that the step is about, in one line for people. */
    String show(S state);

    /** Whether it is never applied: it only says what a person can do. */
    default boolean byHand() {
        return false;
    }

    /** The document that {@link #apply} writes, as JSON; null for a change that writes none. */
    default @Nullable String document() {
        return null;
    }

    /** How long after {@link #apply} a read may still show the old state. */
    default Duration settlesWithin() {
        return Duration.ZERO;
    }
}
