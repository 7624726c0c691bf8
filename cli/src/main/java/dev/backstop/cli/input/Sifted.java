package dev.backstop.cli.input;

import java.util.List;

/**
 * What became of one part.
 *
 * @param records how many records of the period were in it
 * @param outside how many records of another time
 * @param items what came of them, in their order; of most nothing
 * @param objects how much further the places of the next part begin; 0 where they count on by themselves
 * @param lines the same for lines
 */
record Sifted<T>(long records, long outside, List<Item<T>> items, long objects, long lines) {
    /** One thing that came of a record. */
    sealed interface Item<T> {
        /** What the work made of it. */
        record Made<T>(T value) implements Item<T> {}

        /** It cannot be used; its place counts from the beginning of the part. */
        record Unusable<T>(Frame frame) implements Item<T> {}
    }
}
