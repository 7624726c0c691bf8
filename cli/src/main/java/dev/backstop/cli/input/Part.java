package dev.backstop.cli.input;

import java.util.List;

/** A piece of a file that can be worked on without the rest of it. */
sealed interface Part {
    /**
     * Whole objects one after another, not cut apart yet.
     *
     * @param lines how many line breaks are in it
     * @param oneALine whether every object is to be on one line, as far as the file has shown
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost as much as reading it
    record Text(byte[] bytes, int length, long lines, boolean oneALine) implements Part {}

    /** Objects that were cut apart while reading, because only what came before says what they are. */
    record Cut(List<Frame> frames) implements Part {}
}
