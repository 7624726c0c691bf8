package dev.backstop.cli.input;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one JSON value that may be a record, cut out of a file but not parsed.
 *
 * @param number its place among the values of the file, from 1
 * @param line the line it begins on, from 1
 * @param fault why it is none; null where it may be one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy of every record would cost as much as reading it
record Frame(long number, long line, byte[] bytes, @Nullable String fault) {
    /** The same in the whole file, where its own place counts from somewhere in it. */
    Frame behind(long objects, long lines) {
        return new Frame(number + objects, line + lines, bytes, fault);
    }

    String where(String file) {
        return file + ": record " + number + " (line " + line + ")";
    }
}
