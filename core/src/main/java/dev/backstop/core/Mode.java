package dev.backstop.core;

import java.util.Locale;

/** Whether Backstop acts, or only says what it would have done. */
public enum Mode {
    OBSERVE,
    ENFORCE;

    /** The lower-case word that commands and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
