package dev.backstop.core;

import java.util.Set;

/** Decides how much less a finding matters in its circumstances: every reason to lower one stands here, and no other. */
public final class Softening {
    private Softening() {}

    /** The finding as it is told and acted on; as it came where nothing softens it. */
    public static Finding of(Finding finding, Circumstances circumstances) {
        return ofOwnCreation(finding, circumstances);
    }

    /**
     * Tidying up is honest work, and only that: what a session opened, allowed or blinded matters whoever made it, so no
     * category but destruction is softened.
     */
    private static Finding ofOwnCreation(Finding finding, Circumstances circumstances) {
        boolean tidying = circumstances.ownCreation() && finding.rule().category() == Category.DESTRUCTION;
        return tidying
                ? finding.lowered(
                        Severity.INFO, Set.of(Response.ALERT), "the session deleted what it had created itself")
                : finding;
    }
}
