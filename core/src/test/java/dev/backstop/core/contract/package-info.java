/** What every implementation of a port does: one abstract suite a port, run in memory, and over the SDK on a local AWS. */
@NullMarked
package dev.backstop.core.contract;

import org.jspecify.annotations.NullMarked;
