package dev.backstop.cli.input;

/** Which records are worth being read in full: those of which something may come. */
public interface Sieve {
    /** Every one. */
    Sieve NONE = _ -> true;

    /** @param glance plain, and valid during this call only */
    boolean keeps(Glance glance);
}
