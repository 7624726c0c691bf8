package dev.backstop.core;

import java.util.Locale;

/** Whether Backstop acts, or only says what it would have done. */
public enum Mode {
    OBSERVE,
    ENFORCE;

    /**
     * Reads a {@link #word}.
     *
     * @throws BadInputException when it is none
     */
    public static Mode of(String word, String where) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where, "mode", "is observe or enforce, not: " + word);
        }
    }

    /** The lower-case word that commands and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
