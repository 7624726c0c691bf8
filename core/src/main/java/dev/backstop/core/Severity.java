package dev.backstop.core;

import java.util.Locale;

/** How much a finding matters, least first. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The lower-case word that rule files and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people write it, in the help of commands and in their errors. */
    @Override
    public String toString() {
        return word();
    }
}
