package dev.backstop.core;

import java.util.Locale;

/** What a rule protects against; what softens an alert, and by how much, may depend on it. */
public enum Category {
    /** Something is gone or about to go, or what kept it from going is. */
    DESTRUCTION,
    /** The bill grows. */
    COST,
    /** Somebody outside can reach it. */
    EXPOSURE,
    /** Somebody may do more than before. */
    IDENTITY,
    /** What watches and limits agents is weaker. */
    GUARDRAILS,
    /** A secret was read, or a command was run, where the record does not show what followed. */
    SECRETS,
    /** Other code runs from now on, in a place that people trust. */
    CODE;

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
