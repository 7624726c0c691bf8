package dev.backstop.core;

import dev.backstop.core.Leniency.Maintenance;
import java.util.Set;

/** Decides how much less a finding matters in its circumstances: every reason to lower one stands here, and no other. */
public final class Softening {
    private static final Set<Category> OF_PROJECTS = Set.of(Category.DESTRUCTION, Category.COST, Category.CODE);

    /** Whatever else is made of them, people hear of these. */
    private static final Set<Category> ALWAYS_TOLD = Set.of(Category.GUARDRAILS, Category.IDENTITY);

    private Softening() {}

    /** The finding as it is told and acted on; as it came where nothing softens it. */
    public static Finding of(Finding finding, Circumstances circumstances) {
        return inMaintenance(ofOwner(ofOwnCreation(finding, circumstances), circumstances), circumstances);
    }

    /** A project may break and pay for what is its own; what it opens or allows is everybody's. */
    private static Finding ofOwner(Finding finding, Circumstances circumstances) {
        boolean own = circumstances.owner() != null
                && OF_PROJECTS.contains(finding.rule().category());
        return own && finding.severity().compareTo(Severity.LOW) > 0
                ? finding.lowered(Severity.LOW, Set.of(Response.ALERT), "project " + circumstances.owner() + " owns it")
                : finding;
    }

    /** Only how much it matters: what is done about it is the mode's to say. */
    private static Finding inMaintenance(Finding finding, Circumstances circumstances) {
        Maintenance window = circumstances.maintenance();
        if (window == null) {
            return finding;
        }
        boolean alwaysTold = ALWAYS_TOLD.contains(finding.rule().category());
        Severity to = alwaysTold && window.severity() == Severity.INFO ? Severity.LOW : window.severity();
        return finding.severity().compareTo(to) > 0
                ? finding.lowered(to, finding.responses(), "maintenance until " + window.to() + ", " + window.reason())
                : finding;
    }

    /** Tidying up is honest work; a thing of one's own without protection is told still, and is nobody's loss. */
    private static Finding ofOwnCreation(Finding finding, Circumstances circumstances) {
        if (!circumstances.ownCreation() || !countsOwnCreations(finding.rule())) {
            return finding;
        }
        return finding.rule().category() == Category.DESTRUCTION
                ? finding.lowered(
                        Severity.INFO, Set.of(Response.ALERT), "the session deleted what it had created itself")
                : finding.lowered(Severity.LOW, Set.of(Response.ALERT), "the session had created it itself");
    }

    /**
     * Whether it matters to a rule who made the thing: what a session opened or allowed matters whoever did, and so does what
     * it is stopped for blinding.
     */
    public static boolean countsOwnCreations(Rule rule) {
        return switch (rule.category()) {
            case DESTRUCTION -> true;
            case GUARDRAILS -> !rule.responses().contains(Response.REVOKE);
            case COST, EXPOSURE, IDENTITY, SECRETS, CODE -> false;
        };
    }
}
