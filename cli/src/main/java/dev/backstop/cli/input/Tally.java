package dev.backstop.cli.input;

/**
 * How much was read.
 *
 * @param files that were opened
 * @param records that could be used
 * @param malformed what could not be
 * @param outside records of another time than was asked for
 */
public record Tally(long files, long records, long malformed, long outside) {
    /** Nothing read yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                files + other.files, records + other.records, malformed + other.malformed, outside + other.outside);
    }
}
