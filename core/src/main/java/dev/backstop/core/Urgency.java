package dev.backstop.core;

import java.util.Locale;

/** How soon a person must look at something, least first. */
public enum Urgency {
    /** Nobody is told: it is in the timeline, in the journal and on the bus. */
    RECORD,
    /** Somebody is told, and looks when there is time. */
    NOTIFY,
    /** Somebody is woken. */
    PAGE;

    /** The lower-case word that configuration, JSON and SNS message attributes use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
