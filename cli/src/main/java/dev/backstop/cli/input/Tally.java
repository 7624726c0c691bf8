package dev.backstop.cli.input;

/** How much was read: files that were opened, records that could be used, and what could not. */
public record Tally(long files, long records, long malformed) {
    /** Nothing read yet. */
    public static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(files + other.files, records + other.records, malformed + other.malformed);
    }
}
