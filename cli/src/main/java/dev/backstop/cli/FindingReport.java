package dev.backstop.cli;

import dev.backstop.cli.input.Tally;
import dev.backstop.core.Finding;
import dev.backstop.core.Plan;
import java.util.Optional;

/** How findings are shown, one at a time, so that their number does not matter. */
interface FindingReport {
    /**
     * Shows one finding.
     *
     * @param revert empty where the rule asks for no revert
     * @param kill empty where the rule does not ask for the session to be stopped
     */
    void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill);

    void end(Tally tally);
}
