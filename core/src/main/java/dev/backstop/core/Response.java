package dev.backstop.core;

import java.util.Locale;

/** What a rule asks for when it matches. */
public enum Response {
    /** Tell people. Every finding does. */
    ALERT,
    /** Undo the change. */
    REVERT,
    /** Stop the session that made it. */
    REVOKE;

    /** The lower-case word that rule files and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
