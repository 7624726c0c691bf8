package dev.backstop.core;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

    /** The words of some responses, in the order they are listed to people. */
    static List<String> words(Set<Response> responses) {
        return EnumSet.copyOf(responses).stream().map(Response::word).toList();
    }
}
