package dev.backstop.cli;

import dev.backstop.cli.input.Tally;
import dev.backstop.cli.report.Heard;
import dev.backstop.cli.report.Seen;

/** How findings are shown, one at a time. */
interface FindingReport {
    /** Shows the next finding in the order of time. */
    void add(Seen seen);

    /** @param heard what people would have heard of them */
    void end(Tally tally, Heard heard);
}
